import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import avro from 'avsc'
import { MessageReader, fingerprint } from './single-object.js'

const released = join(import.meta.dirname, '../../schemas/src/main/resources/io/stillwatch/schema/released')

const encode = (type, message) => {
  const header = Buffer.from([0xc3, 0x01, 0, 0, 0, 0, 0, 0, 0, 0])
  header.writeBigUInt64LE(fingerprint(type), 2)
  return Buffer.concat([header, type.toBuffer(message)])
}

test('fingerprints are those of the Avro specification', () => {
  assert.equal(fingerprint(avro.Type.forSchema('null')), 0x63dd24e7cc258f8an)
  assert.equal(fingerprint(avro.Type.forSchema('int')), 0x7275d51a3f395c8fn)
  assert.equal(fingerprint(avro.Type.forSchema('string')), 0x8f014872634503c7n)
})

test('a decision of every released version is read in the newest form', () => {
  const directory = join(released, 'Decision')
  const reader = new MessageReader(directory)
  for (const file of readdirSync(directory)) {
    const type = avro.Type.forSchema(JSON.parse(readFileSync(join(directory, file), 'utf8')))
    const sent = Object.fromEntries(type.fields.map(field => [field.name, field.defaultValue()]))
    const read = reader.read(encode(type, { ...sent, account_id: 'a-81', action: 'BLOCK', decided_at: 7 }))
    assert.equal(read.account_id, 'a-81')
    assert.equal(read.action, 'BLOCK')
    assert.deepEqual([...read.signature_ids], [])
  }
})

test('a tombstone is null, and anything else says what is wrong', () => {
  const reader = new MessageReader(join(released, 'Alert'))
  assert.equal(reader.read(null), null)
  assert.throws(() => reader.read(Buffer.from('{}')), /no Alert in Avro single-object encoding/)
  assert.throws(() => reader.read(encode(avro.Type.forSchema('int'), 1)), /7275d51a3f395c8f is no released version/)
})

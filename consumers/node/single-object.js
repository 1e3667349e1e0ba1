// Reads Avro single-object encoding: C3 01, the writer's schema fingerprint (8 bytes, little endian), the body.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import avro from 'avsc'

const HEADER_LENGTH = 10
const EMPTY = 0xc15d213aa4d7a795n

const TABLE = Array.from({ length: 256 }, (_, byte) => {
  let value = BigInt(byte)
  for (let bit = 0; bit < 8; bit++) {
    value = value & 1n ? (value >> 1n) ^ EMPTY : value >> 1n
  }
  return value
})

/** CRC-64-AVRO of the schema's Parsing Canonical Form (Avro specification, "Schema Fingerprints"), as a BigInt. */
export function fingerprint (type) {
  let value = EMPTY
  for (const byte of Buffer.from(JSON.stringify(type.schema()))) {
    value = (value >> 8n) ^ TABLE[Number((value ^ BigInt(byte)) & 0xffn)]
  }
  return value
}

/** Reads messages of one type, written by this release or an earlier one, in the newest release's form. */
export class MessageReader {
  #newest
  #name
  #writers = new Map()

  /** @param directory of one message's released schemas: v1.avsc, v2.avsc, … */
  constructor (directory) {
    const versions = readdirSync(directory)
      .map(file => Number(/^v(\d+)\.avsc$/.exec(file)?.[1]))
      .filter(Number.isInteger)
      .sort((a, b) => a - b)
    const types = versions.map(version =>
      avro.Type.forSchema(JSON.parse(readFileSync(join(directory, `v${version}.avsc`), 'utf8'))))
    if (types.length === 0) {
      throw new Error(`There is no v1.avsc in ${directory}; give the directory of the released schemas.`)
    }
    this.#newest = types.at(-1)
    this.#name = this.#newest.name.split('.').at(-1)
    for (const type of types) {
      this.#writers.set(fingerprint(type), this.#newest.createResolver(type))
    }
  }

  /** The message as an object; null for a tombstone. */
  read (bytes) {
    if (bytes == null) {
      return null
    }
    if (bytes.length < HEADER_LENGTH || bytes[0] !== 0xc3 || bytes[1] !== 0x01) {
      throw new Error(`The ${bytes.length} bytes are no ${this.#name} in Avro single-object encoding, which starts with C3 01.`)
    }
    const writer = bytes.readBigUInt64LE(2)
    const resolver = this.#writers.get(writer)
    if (resolver === undefined) {
      throw new Error(`The schema ${writer.toString(16).padStart(16, '0')} is no released version of ${this.#name}; take the schemas of the Stillwatch that writes.`)
    }
    return this.#newest.fromBuffer(bytes.subarray(HEADER_LENGTH), resolver)
  }
}

#!/usr/bin/env node
// Prints the records of alerts, decisions or findings as JSON lines: {"topic", "key", "offset", "value"}.

import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Consumer, FetchIsolationLevels } from '@platformatic/kafka'
import { MessageReader } from './single-object.js'

const RELEASED = join(import.meta.dirname, '../../schemas/src/main/resources/io/stillwatch/schema/released')
const MESSAGES = { alerts: 'Alert', decisions: 'Decision', findings: 'ShadowFinding' }
const IDLE_MILLISECONDS = 3000

const { values: options } = parseArgs({
  options: {
    'bootstrap-servers': { type: 'string', default: '127.0.0.1:19092' },
    topic: { type: 'string', multiple: true, default: ['alerts'] },
    prefix: { type: 'string', default: 'stillwatch.' },
    schemas: { type: 'string', default: RELEASED },
    group: { type: 'string' },
    once: { type: 'boolean', default: false }
  }
})

const readers = new Map(options.topic.map(name => {
  if (!(name in MESSAGES)) {
    throw new Error(`The topic ${name} is none of ${Object.keys(MESSAGES).join(', ')}.`)
  }
  return [options.prefix + name, new MessageReader(join(options.schemas, MESSAGES[name]))]
}))
const topics = [...readers.keys()]

const consumer = new Consumer({
  clientId: 'stillwatch-consumer-node',
  // With a group of its own each run reads everything; with --group it goes on where the group's last run ended.
  groupId: options.group ?? `stillwatch-consumer-node-${randomUUID()}`,
  bootstrapBrokers: options['bootstrap-servers'].split(','),
  // For a secured cluster add tls: {…} and sasl: {mechanism, username, password}.
  deserializers: { key: bytes => bytes?.toString('utf8') }
})

const stream = await consumer.consume({
  topics,
  mode: options.group ? 'committed' : 'earliest',
  fallbackMode: 'earliest',
  autocommit: Boolean(options.group),
  // Stillwatch writes in transactions; without this a record of one that failed would be read as well.
  isolationLevel: FetchIsolationLevels.READ_COMMITTED
})

let timer
const stop = () => stream.close().catch(() => {})
// The first record may take a while: the group has to form, and a fetch waits for up to five seconds.
const stopWhenIdle = milliseconds => {
  clearTimeout(timer)
  timer = setTimeout(stop, milliseconds)
}
process.once('SIGINT', stop)
process.once('SIGTERM', stop)

if (options.once) {
  stopWhenIdle(5 * IDLE_MILLISECONDS)
}
for await (const { topic, key, value, offset } of stream) {
  console.log(JSON.stringify({ topic, key, offset: Number(offset), value: readers.get(topic).read(value) }))
  if (options.once) {
    stopWhenIdle(IDLE_MILLISECONDS)
  }
}
clearTimeout(timer)
await consumer.close(true)

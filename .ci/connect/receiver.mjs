// Keeps the bodies of authorised posts as lines: node receiver.mjs FILE AUTHORIZATION. Prints its port.
import { appendFileSync } from 'node:fs'
import { createServer } from 'node:http'

const [file, authorization] = process.argv.slice(2)

const server = createServer((request, response) => {
  const parts = []
  request.on('data', part => parts.push(part))
  request.on('end', () => {
    const right = request.method === 'POST' && request.headers.authorization === authorization &&
      request.headers['content-type'] === 'application/json'
    if (right) {
      appendFileSync(file, Buffer.concat(parts).toString('utf8') + '\n')
    }
    response.writeHead(right ? 204 : 401).end()
  })
})
server.listen(0, '127.0.0.1', () => console.log(server.address().port))

// A model server that answers every chat request with the same words, on a free port of this machine.
import { createServer } from 'node:http';

export function startModel() {
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => (body += part));
    request.on('end', () => {
      const asked = JSON.parse(body);
      const usage = { prompt_tokens: 40, completion_tokens: 700, total_tokens: 740 };
      const answer = request.url.endsWith('/responses')
        ? {
            id: 'resp-1', object: 'response', created_at: 1, status: 'completed', model: asked.model,
            output: [{ type: 'message', id: 'm-1', role: 'assistant', status: 'completed',
              content: [{ type: 'output_text', text: 'So it is.', annotations: [] }] }],
            usage: { input_tokens: 40, output_tokens: 700, total_tokens: 740,
              input_tokens_details: { cached_tokens: 0 }, output_tokens_details: { reasoning_tokens: 0 } },
          }
        : {
            id: 'chatcmpl-1', object: 'chat.completion', created: 1, model: asked.model, usage,
            choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'So it is.' } }],
          };
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer));
    });
  });
  return new Promise((started) =>
    server.listen(0, '127.0.0.1', () =>
      started({ url: `http://127.0.0.1:${server.address().port}/v1`, stop: () => server.close() })));
}

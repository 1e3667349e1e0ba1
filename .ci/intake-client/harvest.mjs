// Asks a fake model as a harvester does, with one of two instrumentations that send what they saw over OTLP/HTTP:
//   node harvest.mjs openai|ai ACCOUNT INTAKE_URL TOKEN REQUESTS
// The rest is said as any application says it: by OpenTelemetry's own environment variables.
import { NodeSDK } from '@opentelemetry/sdk-node';
import { OpenAIInstrumentation } from '@opentelemetry/instrumentation-openai';
import { createRequire } from 'node:module';
import { startModel } from './model.mjs';

const [library, account, intake, token, count] = process.argv.slice(2);
Object.assign(process.env, {
  OTEL_SERVICE_NAME: 'a-shop',
  OTEL_RESOURCE_ATTRIBUTES: `account.id=${account}`,
  OTEL_TRACES_EXPORTER: 'otlp',
  OTEL_LOGS_EXPORTER: 'otlp',
  OTEL_METRICS_EXPORTER: 'none',
  OTEL_EXPORTER_OTLP_ENDPOINT: intake,
  OTEL_EXPORTER_OTLP_HEADERS: `authorization=Bearer ${token}`,
  OTEL_EXPORTER_OTLP_PROTOCOL: library === 'openai' ? 'http/protobuf' : 'http/json',
  OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip',
  OTEL_BSP_SCHEDULE_DELAY: '300',
  OTEL_BLRP_SCHEDULE_DELAY: '200',
});
const sdk = new NodeSDK({ instrumentations: [new OpenAIInstrumentation({ captureMessageContent: true })] });
sdk.start();

const model = await startModel();
const SUBJECTS = ['tides', 'glaciers', 'violins', 'ledgers', 'ferns', 'looms', 'comets', 'dialects', 'bridges', 'enzymes'];
const VERBS = ['Explain', 'Summarise', 'Compare', 'Criticise', 'Derive', 'Translate', 'Rewrite', 'Classify'];
const question = (n) =>
  `${VERBS[n % 8]} ${SUBJECTS[(n * 7) % 10]} and ${SUBJECTS[(n * 3 + 1) % 10]}, case ${n * 7919}: reason step by step and`
  + ` show all of your reasoning before you give the final answer. Task ${n}.`;

if (library === 'openai') {
  // The instrumentation wraps what require gives.
  const { OpenAI } = createRequire(import.meta.url)('openai');
  const client = new OpenAI({ baseURL: model.url, apiKey: 'none' });
  for (let n = 0; n < Number(count); n++) {
    await client.chat.completions.create({
      model: 'a-model', max_tokens: 2000, messages: [{ role: 'user', content: question(n) }],
    });
  }
} else {
  const { generateText } = await import('ai');
  const { createOpenAI } = await import('@ai-sdk/openai');
  const provider = createOpenAI({ baseURL: model.url, apiKey: 'none' });
  for (let n = 0; n < Number(count); n++) {
    await generateText({
      model: provider('a-model'), prompt: question(n), maxOutputTokens: 2000, experimental_telemetry: { isEnabled: true },
    });
  }
}
await sdk.shutdown();
model.stop();
console.log(`${library}: ${count} calls of ${account}`);

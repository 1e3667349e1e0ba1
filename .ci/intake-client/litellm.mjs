// Posts payloads as LiteLLM's generic API callback does, arrays of 50:  node litellm.mjs ACCOUNT INTAKE_URL TOKEN REQUESTS
const [account, intake, token, count] = process.argv.slice(2);
const started = Date.now() / 1000;
const payloads = Array.from({ length: Number(count) }, (_, n) => ({
  id: `chatcmpl-${n}`, call_type: 'acompletion', startTime: started + n * 0.05, endTime: started + n * 0.05 + 0.04, model: 'a-model',
  status: 'success', prompt_tokens: 40, completion_tokens: 700, metadata: { user_api_key_user_id: account },
  model_parameters: { max_tokens: 2000 }, hidden_params: {},
  messages: [{ role: 'user', content: `Derive case ${n * 7919} of kind ${n % 13}: reason step by step and show all of your`
    + ` reasoning before you give the final answer. Task ${n}.` }],
  response: { choices: [{ finish_reason: 'stop' }] },
}));
for (let from = 0; from < payloads.length; from += 50) {
  const batch = payloads.slice(from, from + 50);
  const answer = await fetch(`${intake}/v1/requests`, {
    method: 'POST', body: JSON.stringify(batch),
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
  });
  const told = await answer.json();
  if (answer.status !== 200 || told.accepted !== batch.length) {
    throw new Error(`${answer.status}: ${JSON.stringify(told)}`);
  }
}
console.log(`litellm: ${count} calls of ${account}`);

// The peer: the same menu as a DBOS workflow behind Fastify, in a process of its own: `node dbos-server.mjs postgres://…`. Prints its port.
//
// As DBOS documents interactive workflows: one workflow per call, whose id is the session's; it publishes each callflow as an event and waits for the
// caller's keys with `recv`; the webhook handler sends them, with the webhook's id as idempotency key, and reads the next event. A webhook that comes twice
// is answered with the same bytes, and a call goes on after a crash: what Hookswitch promises, too. All settings are DBOS's defaults, but for quiet logs.
import { DBOS } from '@dbos-inc/dbos-sdk';
import Fastify from 'fastify';

const VOICE = 'en-US-BenjaminRUS';
// Of the driver, about how the library uses it; it tells the figures nothing.
process.noDeprecation = true;
/** Seconds; a caller who never answers is the platform's to end. */
const TIMEOUT = 600;

const capture = (promptMessage) => ({
  action: 'sayAndCapture',
  params: {
    promptMessage,
    voiceProfile: VOICE,
    minDigits: 1,
    maxDigits: 1,
    completeOnHash: false,
    digitTimeout: 3000,
    overallTimeout: 10000,
    noOfTries: 1,
  },
});
const say = (text) => ({ action: 'say', params: { text, voiceProfile: VOICE } });

/** Asks until one of `options` is pressed. */
async function ask(turn, prompt, options) {
  for (let at = turn; ; at++) {
    await DBOS.setEvent(`answer-${at}`, JSON.stringify({ clientActionId: `turn.${at}`, callflow: [capture(prompt)] }));
    const dtmf = await DBOS.recv('keys', TIMEOUT);
    if (Object.hasOwn(options, dtmf ?? '')) return [options[dtmf], at + 1];
  }
}

async function support() {
  const [first, second] = await ask(0, 'For billing press 1, for an agent press 2.', { 1: 'billing', 2: 'agent' });
  const [sure, last] = await ask(second, `You chose ${first}. For yes press 1, for no press 2.`, { 1: 'yes', 2: 'no' });
  const callflow = [say(`You said ${sure}. Goodbye.`), { action: 'hangup' }];
  await DBOS.setEvent(`answer-${last}`, JSON.stringify({ clientActionId: `turn.${last}`, callflow }));
}

const workflow = DBOS.registerWorkflow(support, { name: 'support' });
DBOS.setConfig({ name: 'hookswitch-peer', systemDatabaseUrl: process.argv[2], logLevel: 'error' });
await DBOS.launch();

const app = Fastify();
app.post('/webhooks/vca', async (request, reply) => {
  const { sessionId, eventId, eventData, callStatus, clientActionId } = request.body.payload;
  const turn = callStatus === 'CALL_RECEIVED' ? 0 : Number(clientActionId.split('.')[1]) + 1;
  if (turn === 0) await DBOS.startWorkflow(workflow, { workflowID: sessionId })();
  else await DBOS.send(sessionId, eventData?.dtmf ?? '', 'keys', eventId);
  const answer = await DBOS.getEvent(sessionId, `answer-${turn}`, 10);
  if (answer === null) throw new TypeError('no answer in 10 s');
  return reply.header('content-type', 'application/json; charset=utf-8').send(answer);
});
await app.listen({ port: 0, host: '127.0.0.1' });
process.stdout.write(`${app.server.address().port}\n`);
process.on('SIGTERM', () => void app.close().then(() => process.exit(0)));

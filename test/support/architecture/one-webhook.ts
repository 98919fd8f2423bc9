import { Session } from 'node:inspector/promises';

/** What a webhook was answered, and in which files of the runtime functions ran for it. */
export interface OneWebhook {
  readonly answer: unknown;
  /** Relative to `packages/runtime/src/`. */
  readonly files: readonly string[];
}

const SECRET = 'Bearer a-secret-of-the-platform';

// The process in which a call is measured: a server on the memory store, its first webhook, the one after that, and that one again.
const session = new Session();
session.connect();
await session.post('Profiler.enable');
await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
// What was loaded before would not be counted.
const { capture, defineFlow, say } = await import('@hookswitch/dsl');
const { createApp } = await import('@hookswitch/runtime');

const hello = defineFlow({ name: 'hello', voice: 'en-US-BenjaminRUS' }, function* () {
  const key = yield* capture('Press any key.', { id: 'key', maxDigits: 1, completeOnHash: false });
  yield* capture(`You pressed ${key}. Press another one.`, { id: 'other', maxDigits: 1, completeOnHash: false });
  yield say('Goodbye.');
});

const app = await createApp({ flows: [hello], store: 'memory', webhookSecrets: [SECRET], logLevel: 'silent' });
await app.ready();

const first = await measured({ callStatus: 'CALL_RECEIVED' });
const { clientActionId } = first.answer as { readonly clientActionId: string };
const later = { callStatus: 'ACTION_COMPLETED', clientActionId, eventData: { dtmf: '5' } };
process.send?.([first, await measured(later), await measured(later)]);
await app.close();
process.disconnect();

/** Sends a webhook, and gives what ran for it alone: counts begin anew whenever they are taken. */
async function measured(fields: object): Promise<OneWebhook> {
  await filesRun();
  const reply = await app.inject({
    method: 'POST',
    url: '/webhooks/vca',
    headers: { authorization: SECRET },
    payload: {
      eventType: 'CALL_ACTION',
      payload: {
        eventId: `event-${JSON.stringify(fields)}`,
        sessionId: 'session-1',
        subAccountId: 'acme',
        source: '+6590000001',
        destination: '+6560000000',
        timestamp: new Date().toISOString(),
        callDirection: 'INBOUND',
        ...fields,
      },
    },
  });
  return { answer: reply.json(), files: await filesRun() };
}

async function filesRun(): Promise<readonly string[]> {
  const { result } = await session.post('Profiler.takePreciseCoverage');
  return result
    .filter(({ functions }) => functions.some(({ ranges: [whole] }) => (whole?.count ?? 0) > 0))
    .flatMap(({ url }) => /packages\/runtime\/src\/(.+\.ts)/.exec(url)?.[1] ?? [])
    .toSorted();
}

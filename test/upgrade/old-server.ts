// A child of `make-fixtures.ts`: a server of the release before, which is killed in the middle of its calls. Arguments: the folder of that release, and the store.
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import type * as Dsl from '@hookswitch/dsl';
import type * as Runtime from '@hookswitch/runtime';
import type { CallRecord } from '@hookswitch/runtime';
import { flowsOf, NUMBERS } from './flows.ts';
import { FIXTURE_KEY, FIXTURE_TIME } from './fixtures.ts';
import { Line } from './line.ts';

const [folder = '', store = ''] = process.argv.slice(2);
const packageOf = (name: string): string => pathToFileURL(join(folder, 'packages', name, 'dist/index.js')).href;
const dsl = (await import(packageOf('dsl'))) as typeof Dsl;
const { createApp, openStore } = (await import(packageOf('runtime'))) as typeof Runtime;

/** Steps that never come to their end. */
const hanging = new Set<string>();
const world = (name: string): Promise<string> => (hanging.has(name) ? new Promise<string>(() => undefined) : Promise.resolve('Ann'));
/** What 8x8 answers to posts to a number. */
const posts: Readonly<Record<string, () => Promise<Response>>> = {
  '+6590000011': () => Promise.resolve(Response.json({ sessionId: 'placed', sessionStatus: 'CREATED' })),
  '+6590000012': () => new Promise<Response>(() => undefined),
  '+6590000013': () => Promise.reject(Object.assign(new Error('reset'), { code: 'ECONNRESET' })),
};

const hook = ({ sessionId }: CallRecord): Promise<void> => (sessionId === 'untold' ? new Promise(() => undefined) : Promise.resolve());

/** So much real time that all that is under way has come as far as it can. */
const settled = (): Promise<void> => pause(300);

// Its clock keeps no process alive.
setInterval(() => undefined, 60_000);
let now = FIXTURE_TIME;
let timers: { readonly at: number; readonly fire: () => void }[] = [];
const clock = {
  now: () => now,
  timer: (ms: number, fire: () => void) => {
    const timer = { at: now + ms, fire };
    timers.push(timer);
    return () => (timers = timers.filter((other) => other !== timer));
  },
};
async function advance(ms: number): Promise<void> {
  for (const end = now + ms; now < end;) {
    now = Math.min(end, now + 100);
    const due = timers.filter(({ at }) => at <= now);
    timers = timers.filter(({ at }) => at > now);
    for (const { fire } of due) fire();
    await pause(5);
  }
  await settled();
}

const app = await createApp({
  flows: flowsOf(dsl, world) as never,
  store: openStore(store),
  clock,
  allowUnverified: true,
  logLevel: 'silent',
  dataKeys: FIXTURE_KEY,
  apiTokens: ['token'],
  subAccounts: [{ id: 'acme', apiKey: 'key' }],
  sweepEvery: 3_600_000,
  hooks: { onEnd: ((_summary: unknown, { call }: { readonly call: CallRecord }) => hook(call)) as never },
  platformFetch: (async (_url: string, { body }: { body: string }) => {
    const [first] = (JSON.parse(body) as { callflow: { params: { destination: string } }[] }).callflow;
    return posts[first?.params.destination ?? '']?.() ?? Response.json({});
  }) as never,
});
await app.ready();
const line = new Line(app, clock.now);
const place = (to: string, clientRequestId: string): void =>
  void app.inject({
    method: 'POST',
    url: '/calls',
    headers: { authorization: 'Bearer token' },
    payload: { flow: 'reminder', from: '+6560000009', to, clientRequestId },
  });

/** The first webhooks of a call: what is pressed after its first one. */
async function played(session: string, to: string, ...pressed: string[]): Promise<void> {
  let heard = await line.begins(session, to);
  for (const digits of pressed) heard = await line.completed(session, digits, heard.clientActionId, null);
}

// Each call under the name by which upgrade.test.ts knows it. First those whose steps come to their end.
await played('waiting', NUMBERS.asking, '1');
await played('bridged', NUMBERS.bridging);
await played('ended', NUMBERS.tidying, '1');
await line.isOver('ended');
await played('untold', NUMBERS.asking, '1');
await line.isOver('untold');
await played('secret', NUMBERS.secret, '1234', '1234');
await played('secret-asked', NUMBERS.secret, '1234');
await line.isOver('early');
await line.isOver('early-begun');
place('+6590000011', 'placed');
place('+6590000012', 'posting');
place('+6590000013', 'unknown');
await settled();
// Then those which a step holds.
for (const name of ['release-two', 'outer', 'find']) hanging.add(name);
await played('tidying', NUMBERS.tidying, '1');
await line.isOver('tidying');
await played('caught', NUMBERS.caught);
await line.isOver('caught');
hanging.add('name');
place('+6590000014', 'preparing');
await Promise.all([played('held', NUMBERS.stepping, '7'), advance(8_000)]);
void played('claimed', NUMBERS.stepping, '7');
void played('over', NUMBERS.stepping, '7');
await settled();
await line.isOver('over');
await played('early-begun', NUMBERS.asking);
await settled();
process.kill(process.pid, 'SIGKILL');

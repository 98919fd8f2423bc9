import { capture, defineFlow } from '@hookswitch/dsl';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type AppOptions, createApp } from '../app.ts';
import { ManualClock } from '../clock.test-support.ts';
import { createMemoryStore } from '../store/memory/memory-store.ts';
import type { AuditRow, Store } from '../store/store.ts';
import type { AuditList, AuditView } from './schemas.ts';

const reminder = defineFlow({ name: 'reminder', voice: 'en-US-ZiraRUS' }, function* () {
  yield* capture('Coming?', { id: 'coming' });
});
const TOKEN = { desk: 'a-token-of-the-front-desk', eye: 'a-token-of-the-dashboard', boss: 'a-token-of-the-manager' } as const;
const PLACE = { flow: 'reminder', to: '+6591178965', from: '+6568332048' };

/** A memory store that treats the audit list as it is told, by the number of the entry that is put. */
function troubled(treat: (put: number, row: AuditRow) => Promise<void> | undefined): Store {
  const store = createMemoryStore();
  let count = 0;
  return new Proxy(store, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name);
      if (name === 'putAudit') return (row: AuditRow) => treat(++count, row) ?? target.putAudit(row);
      return typeof value === 'function'
        ? (...args: unknown[]): unknown => (value as (...args: unknown[]) => unknown).apply(target, args)
        : value;
    },
  });
}

async function served(options: Partial<AppOptions> = {}) {
  const posts: unknown[] = [];
  const lines: string[] = [];
  const clock = new ManualClock();
  const platformFetch = (_url: unknown, { body }: { readonly body?: unknown }) => {
    posts.push(body);
    const answer = { sessionId: `session-${posts.length}`, sessionStatus: 'CREATED', statusCode: 1, statusMessage: 'Created' };
    return Promise.resolve(Response.json(answer));
  };
  const app = await createApp({
    flows: [reminder],
    store: 'memory',
    clock,
    allowUnverified: true,
    apiTokens: [`front desk:operate:${TOKEN.desk}`, `dashboard:read:${TOKEN.eye}`, `manager:admin:${TOKEN.boss}`],
    subAccounts: [{ id: 'acme', apiKey: 'k' }],
    platformFetch: platformFetch as never,
    logLevel: 'warn',
    logStream: { write: (line: string) => lines.push(line) } as never,
    ...options,
  });
  onTestFinished(() => app.close());
  const ask = (method: 'GET' | 'POST' | 'DELETE', url: string, who: keyof typeof TOKEN = 'desk', payload?: object) =>
    app.inject({ method, url, headers: { authorization: `Bearer ${TOKEN[who]}` }, ...(payload === undefined ? {} : { payload }) });
  const place = (body: object = PLACE, who: keyof typeof TOKEN = 'desk') => ask('POST', '/calls', who, body);
  const audit = async (query = ''): Promise<AuditList> => (await ask('GET', `/audit${query}`, 'boss')).json();
  const short = ({ label, role, action, result }: AuditView): string => `${label} (${role}) ${action} ${result}`;
  const list = async (query = ''): Promise<string[]> => (await audit(query)).entries.map(short);
  return { app, clock, posts, lines, ask, place, audit, list };
}

describe('the audit list', () => {
  it('tells who had which call placed and ended, when, and what came of it', async () => {
    const { ask, place, audit, clock } = await served();
    const { id } = (await place()).json<{ id: string }>();
    await clock.advance(1_000);
    await ask('DELETE', `/calls/${id}`, 'boss');
    const { entries, cursor } = await audit();
    const at = (ms: number): string => new Date(clock.now() - ms).toISOString();
    const call = { callId: id, flow: 'reminder', id: expect.any(String) as string, requestId: expect.any(String) as string, change: null };
    expect([entries, cursor]).toEqual([
      [
        { ...call, at: at(0), label: 'manager', role: 'admin', action: 'call.end', to: null, result: 202 },
        { ...call, at: at(1_000), label: 'front desk', role: 'operate', action: 'call.place', to: '+65••••65', result: 201 },
      ],
      null,
    ]);
  });

  it('has what led to nothing, and what was refused; not what nobody could understand, nor strangers', async () => {
    const { app, ask, place, list } = await served();
    await place({ ...PLACE, flow: 'remindr' });
    await place({ ...PLACE, to: 'Ann' });
    await ask('DELETE', '/calls/nobody');
    await place(PLACE, 'eye');
    await ask('DELETE', '/calls/nobody', 'eye');
    await app.inject({ method: 'POST', url: '/calls', payload: PLACE });
    await ask('GET', '/calls');
    expect(await list()).toEqual([
      'dashboard (read) call.end 403',
      'dashboard (read) call.place 403',
      'front desk (operate) call.end 404',
      'front desk (operate) call.place 404',
    ]);
  });

  it('holds no number, whatever field it was sent in', async () => {
    const { ask, place, audit } = await served();
    await place({ ...PLACE, flow: 'call +65 9117 8965' });
    await ask('DELETE', '/calls/6591178965');
    expect(JSON.stringify(await audit())).not.toMatch(/9117|8965/);
  });

  it('is searched by token, action, call, flow and time, page by page', async () => {
    const { ask, place, list, audit, clock } = await served();
    const { id } = (await place()).json<{ id: string }>();
    const noon = new Date(clock.now() + 1).toISOString();
    await clock.advance(1_000);
    await place(PLACE, 'boss');
    await ask('DELETE', `/calls/${id}`);
    const queries = ['label=manager', 'action=call.end', `call=${id}`, 'flow=other', `after=${noon}`, `before=${noon}`];
    const counts = await Promise.all(queries.map(async (query) => (await list(`?${query}`)).length));
    expect(counts).toEqual([1, 1, 2, 0, 2, 1]);
    const first = await audit('?limit=2');
    expect((await audit(`?limit=2&cursor=${first.cursor}`)).entries.map(({ label }) => label)).toEqual(['front desk']);
  });

  it('has the entry before anything is done: where it can not be kept, nobody is called', async () => {
    const { place, posts } = await served({ store: troubled(() => Promise.reject(new TypeError('no list'))) });
    expect([(await place()).statusCode, posts]).toEqual([500, []]);
  });

  it.each([
    ['fails', () => Promise.reject(new TypeError('no list'))],
    [
      'throws at once',
      () => {
        throw new TypeError('no list');
      },
    ],
  ])('leaves the answer as it is where the result %s to be noted: the call is placed, and the log says so', async (_how, fail) => {
    const { place, posts, list, lines } = await served({ store: troubled((put) => (put === 2 ? fail() : undefined)) });
    expect([(await place()).statusCode, posts.length, await list()]).toEqual([201, 1, ['front desk (operate) call.place null']]);
    expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
      { action: 'call.place', result: 201, callId: expect.any(String) as string },
    ]);
  });

  it('keeps nobody waiting for a store that hangs', async () => {
    let isHanging: (value: unknown) => void = () => undefined;
    const hangs = new Promise((resolve) => (isHanging = resolve));
    const store = troubled((put) => (put === 2 ? (isHanging(null), new Promise(() => undefined)) : undefined));
    const { place, clock } = await served({ store });
    const placing = place();
    await hangs;
    await clock.advance(1_000);
    expect((await placing).statusCode).toBe(201);
  });

  it('is kept for as many days, and as many entries, as is set', async () => {
    const { place, list, clock } = await served({ auditDays: 2, auditRows: 1 });
    await place();
    await place(PLACE, 'boss');
    await place(PLACE, 'eye');
    await clock.advance(60_000);
    expect(await list()).toEqual(['dashboard (read) call.place 403', 'manager (admin) call.place 201']);
    await clock.advance(2 * 86_400_000);
    expect(await list()).toEqual([]);
  });

  it.each([
    ['auditDays', 0],
    ['auditRows', 1.5],
  ])('%s of %d is refused at start', async (name, value) => {
    await expect(served({ [name]: value })).rejects.toThrow(`${name} must be a whole number in 1..`);
  });
});

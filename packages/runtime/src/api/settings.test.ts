import { capture, defineFlow, say, settings } from '@hookswitch/dsl';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createApp } from '../app.ts';
import { ManualClock } from '../clock.test-support.ts';
import type { SettingsChanged, SettingsHistory, SettingsView } from '../report/settings-view.ts';
import { createMemoryStore } from '../store/memory/memory-store.ts';
import type { AuditList } from './schemas.ts';

const line = settings({
  closedToday: { kind: 'boolean', default: false, label: 'Closed today' },
  notice: { kind: 'text', default: null, maxLength: 40 },
  agent: { kind: 'phone', default: '+6531589338' },
  wait: { kind: 'number', default: 5, min: 1, max: 9, integer: true },
  season: { kind: 'choice', choices: ['summer', 'winter'], default: 'summer' },
});
const support = defineFlow({ name: 'support', voice: 'en-US-ZiraRUS', settings: line }, function* () {
  const { notice } = yield* line.read();
  if (notice !== null) yield say(notice);
  yield* capture('Press a key.', { id: 'main', maxDigits: 1 });
});
const plain = defineFlow({ name: 'plain', voice: 'en-US-ZiraRUS', phrases: { intakeClosed: 'We are away.' } }, function* () {
  yield* capture('Press a key.', { id: 'main', maxDigits: 1 });
});

const TOKEN = {
  anna: 'a-token-of-anna-at-the-desk',
  ben: 'a-token-of-ben-at-the-desk',
  eye: 'a-token-of-the-dashboard',
  boss: 'a-token-of-the-boss',
};
const HOUR = 3_600_000;

interface Answer extends SettingsChanged {
  readonly status: number;
  readonly error?: string;
  readonly message?: string;
  readonly current?: { readonly value: unknown; readonly by: string; readonly version: number } | null;
  readonly version?: number;
}

async function served(
  store = createMemoryStore(),
  flows: Parameters<typeof createApp>[0]['flows'] = [{ flow: support, numbers: ['+6560000001'] }, plain],
) {
  const clock = new ManualClock();
  const app = await createApp({
    flows,
    store,
    clock,
    allowUnverified: true,
    apiTokens: [`Anna:operate:${TOKEN.anna}`, `Ben:operate:${TOKEN.ben}`, `eye:read:${TOKEN.eye}`, `boss:admin:${TOKEN.boss}`],
    subAccounts: [{ id: 'acme', apiKey: 'k' }],
    logLevel: 'silent',
  });
  onTestFinished(() => app.close());
  const ask = async (method: 'GET' | 'PUT' | 'DELETE' | 'POST', url: string, body?: object | null, who: keyof typeof TOKEN = 'anna') => {
    const reply = await app.inject({
      method,
      url,
      headers: { authorization: `Bearer ${TOKEN[who]}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
    });
    return { status: reply.statusCode, ...reply.json<object>() };
  };
  return {
    store,
    ask,
    clock,
    in: (ms: number) => new Date(clock.now() + ms).toISOString(),
    change: async (...asked: Parameters<typeof ask>) => (await ask(...asked)) as Answer,
    look: async (who: keyof typeof TOKEN = 'anna') => (await ask('GET', '/settings', undefined, who)) as unknown as SettingsView,
    history: async (query = '', who: keyof typeof TOKEN = 'anna') =>
      (await ask('GET', `/settings/history${query}`, undefined, who)) as unknown as SettingsHistory,
    audit: async () => (await ask('GET', '/audit', undefined, 'boss')) as unknown as AuditList,
  };
}

let world: Awaited<ReturnType<typeof served>>;
beforeEach(async () => {
  world = await served();
});

const one = (view: SettingsView, name: string) => view.flows[0]?.settings.find((setting) => setting.name === name);

describe('GET /settings', () => {
  it('shows each declaration, with its default where nothing is set', async () => {
    const { flows, numbers, revision } = await world.look();
    expect(revision).toBe(0);
    expect(
      flows.map(({ flow, settings: declared, intake }) => [
        flow,
        declared.map(({ name, kind, label }) => `${name} ${kind} ${label}`),
        intake,
      ]),
    ).toEqual([
      [
        'support',
        ['closedToday boolean Closed today', 'notice text notice', 'agent phone agent', 'wait number wait', 'season choice season'],
        { open: true, heard: 'We can not take your call at the moment. Please call again later.', version: 0, override: null },
      ],
      ['plain', [], { open: true, heard: 'We are away.', version: 0, override: null }],
    ]);
    expect(flows[0]?.settings.slice(1)).toMatchObject([
      { optional: true, maxLength: 40, value: null },
      { optional: false, value: '+6531589338', maxLength: null },
      { min: 1, max: 9, integer: true, value: 5 },
      { choices: ['summer', 'winter'], value: 'summer', version: 0, override: null },
    ]);
    expect(numbers).toMatchObject([{ number: '+6560000001', flow: 'support', intake: { open: true } }]);
  });

  it('masks numbers for those who may only look', async () => {
    await world.change('PUT', '/settings/support/agent', { value: '+6590001234' });
    expect(one(await world.look(), 'agent')).toMatchObject({ value: '+6590001234', default: '+6531589338' });
    const seen = JSON.stringify([await world.look('eye'), await world.history('', 'eye')]);
    expect(seen).not.toMatch(/90001234|31589338/);
    expect(one(await world.look('eye'), 'agent')).toMatchObject({ value: '+65••••34', override: { value: '+65••••34' } });
  });

  it('says what is stored and not used, and why; it can be taken back', async () => {
    await world.change('PUT', '/settings/support/wait', { value: 9 });
    await world.change('PUT', '/settings/support/notice', { value: 'Hello.' });
    await world.change('PUT', '/settings/support/season', { value: 'winter' });
    const other = settings({ wait: { kind: 'number', default: 2, max: 3 }, notice: { kind: 'text', default: null } });
    const changed = defineFlow({ name: 'support', voice: 'en-US-ZiraRUS', settings: other }, function* () {
      yield* capture('Press a key.', { id: 'main' });
    });
    const later = await served(world.store, [changed]);
    const [flow] = (await later.look()).flows;
    expect(flow?.settings).toMatchObject([
      { name: 'wait', value: 2, override: null, version: 1 },
      { name: 'notice', value: 'Hello.', version: 2 },
    ]);
    expect(flow?.ignored).toMatchObject([
      { name: 'season', value: 'winter', version: 3, why: 'The flow declares no setting of this name any more.' },
      { name: 'wait', value: 9, why: 'It must be a finite number to 3 by now; what is stored is 9.' },
    ]);
    expect(await later.change('DELETE', '/settings/support/season?version=3')).toMatchObject({ status: 200, change: { after: null } });
    const elsewhere = await served(world.store, [plain]);
    expect((await elsewhere.look()).ignored).toMatchObject([
      { flow: 'support', name: 'notice', why: 'The flow "support" is not served here.' },
      { flow: 'support', name: 'wait' },
    ]);
    expect((await elsewhere.change('DELETE', '/settings/support/wait')).settings.ignored).toHaveLength(1);
  });
});

describe('PUT /settings/:flow/:name', () => {
  it('sets a value, with start, expiry and reason', async () => {
    const { in: time } = world;
    const answer = await world.change('PUT', '/settings/support/closedToday', {
      value: true,
      startsAt: time(HOUR),
      until: time(2 * HOUR),
      reason: 'Strike',
    });
    const override = { value: true, startsAt: time(HOUR), until: time(2 * HOUR), at: time(0), by: 'Anna', reason: 'Strike', version: 1 };
    expect(one(answer.settings, 'closedToday')).toMatchObject({ value: false, version: 1, override: { ...override, state: 'later' } });
    expect(answer.change).toMatchObject({ by: 'Anna', flow: 'support', number: null, name: 'closedToday', before: null, canUndo: true });
    await world.clock.advance(HOUR);
    expect(one(await world.look(), 'closedToday')).toMatchObject({ value: true, override: { ...override, state: 'in-effect' } });
    await world.clock.advance(HOUR);
    expect(one(await world.look(), 'closedToday')).toMatchObject({ value: false, override: { ...override, state: 'over' } });
  });

  it.each([
    ['closedToday', { value: 'yes' }, '"closedToday" of "support" must be true or false; got a text. Give true or false.'],
    [
      'notice',
      { value: 'x'.repeat(41) },
      '"notice" of "support" must be words to speak, of 1 to 40 characters; got 41 characters. Cut it.',
    ],
    ['wait', { value: 10 }, '"wait" of "support" must be a whole number from 1 to 9; got 10.'],
    ['season', { value: 'spring' }, '"season" of "support" must be one of "summer", "winter"; got a text. Choose one of them.'],
    ['agent', { value: null }, '"agent" of "support" '],
  ])('refuses a value that is not as declared: %s', async (name, body, message) => {
    const answer = await world.change('PUT', `/settings/support/${name}`, body);
    expect(answer).toMatchObject({ status: 400, error: 'HS_SETTING_VALUE', message: expect.stringContaining(message) as string });
    expect((await world.look()).revision).toBe(0);
  });

  it.each([
    ['/settings/suport/wait', { value: 5 }, 404, 'flow', 'Did you mean "support"?'],
    [
      '/settings/support/waitt',
      { value: 5 },
      404,
      'HS_SETTING_UNKNOWN',
      'has no setting "waitt". Did you mean "wait"? It has: closedToday',
    ],
    ['/settings/plain/wait', { value: 5 }, 404, 'HS_SETTING_UNKNOWN', 'It declares none'],
    ['/settings/support/constructor', { value: 5 }, 404, 'HS_SETTING_UNKNOWN', 'has no setting "constructor"'],
    ['/settings/support/wait', {}, 400, 'field', '"value" is missing'],
    ['/settings/support/wait', { value: 5, untill: 'x' }, 400, 'field', 'There is no field "untill"'],
    ['/settings/support/wait', { value: 5, until: '18:00' }, 400, 'HS_SETTING_PERIOD', '"until" must be a time with its zone'],
    ['/settings/support/wait', { value: 5, until: '2000-01-01T00:00:00Z' }, 400, 'HS_SETTING_PERIOD', '"until" is over already'],
    [
      '/settings/support/wait',
      { value: 5, startsAt: '2100-01-02T00:00:00Z', until: '2100-01-01T00:00:00Z' },
      400,
      'HS_SETTING_PERIOD',
      '"until" must be after "startsAt"',
    ],
    ['/settings/support/wait', { value: 5, reason: 'x'.repeat(501) }, 400, 'field', '"reason"'],
    ['/settings/support/wait', { value: 5, version: -1 }, 400, 'field', '"version"'],
  ])('refuses %s with %j', async (url, body, status, error, message) => {
    expect(await world.change('PUT', url, body)).toMatchObject({ status, error, message: expect.stringContaining(message) as string });
    expect((await world.look()).revision).toBe(0);
  });

  it('tells the later of two operators what is there now, and changes nothing', async () => {
    await world.change('PUT', '/settings/support/wait', { value: 7, version: 0 });
    const answer = await world.change('PUT', '/settings/support/wait', { value: 3, version: 0 }, 'ben');
    expect(answer).toMatchObject({
      status: 409,
      error: 'HS_SETTING_CHANGED',
      version: 1,
      current: { value: 7, by: 'Anna', version: 1, state: 'in-effect' },
      message: expect.stringContaining('"wait" has changed since (set by Anna at ') as string,
    });
    expect(one(await world.look(), 'wait')?.value).toBe(7);
    expect(await world.change('PUT', '/settings/support/wait', { value: 3, version: 1 }, 'ben')).toMatchObject({ status: 200 });
    expect(await world.change('DELETE', '/settings/support/wait?version=1')).toMatchObject({
      status: 409,
      current: { value: 3, by: 'Ben' },
    });
  });

  it('lets all of several operators through who rely on no version', async () => {
    const answers = await Promise.all([1, 2, 3, 4].map((value) => world.change('PUT', '/settings/support/wait', { value })));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect((await world.history()).entries).toHaveLength(4);
  });

  it('is what the next call hears', async () => {
    await world.change('PUT', '/settings/support/notice', { value: 'Lines are\nbusy.' });
    expect(one(await world.look(), 'notice')?.value).toBe('Lines are busy.');
  });
});

describe('intake', () => {
  it('is closed and opened, of a flow and of a number', async () => {
    const closed = await world.change('PUT', '/settings/support/intake', { open: false, says: 'Back on Monday.', until: world.in(HOUR) });
    expect(closed.settings.flows[0]?.intake).toMatchObject({
      open: false,
      heard: 'Back on Monday.',
      override: { value: { open: false, says: 'Back on Monday.' }, by: 'Anna', state: 'in-effect' },
    });
    const number = await world.change('PUT', '/settings/support/intake', { open: false, number: '+65 6000 0001' });
    expect(number.change).toMatchObject({ number: '+6560000001', flow: 'support', name: 'intake' });
    expect(number.settings.numbers).toMatchObject([{ number: '+6560000001', intake: { open: false, version: 2 } }]);
    const opened = await world.change('PUT', '/settings/support/intake', { open: true, version: 1 });
    expect(opened.settings.flows[0]?.intake).toMatchObject({ open: true, version: 0, override: null });
    const again = await world.change('DELETE', '/settings/support/intake?number=%2B6560000001');
    expect(again.settings.numbers).toMatchObject([{ intake: { open: true } }]);
    expect(await world.change('PUT', '/settings/support/intake', { open: true })).toMatchObject({ status: 200, change: null });
  });

  it.each([
    [{ open: true, says: 'Hello.' }, 'HS_SETTING_VALUE', '"says" is of intake that is closed'],
    [{ open: false, says: '' }, 'HS_SETTING_VALUE', '"says" must be words to speak'],
    [{ open: false, number: 'x' }, 'HS_SETTING_NUMBER', '"number" must be one of your own'],
    [{}, 'field', '"open" is missing'],
  ])('refuses %j', async (body, error, message) => {
    expect(await world.change('PUT', '/settings/support/intake', body)).toMatchObject({
      status: 400,
      error,
      message: expect.stringContaining(message) as string,
    });
  });

  it('of a number is set at the flow that answers it', async () => {
    expect(await world.change('PUT', '/settings/plain/intake', { open: false, number: '+6560000001' })).toMatchObject({
      error: 'HS_SETTING_NUMBER',
      message: '"number" is answered by the flow "support", not by "plain". Name that one.',
    });
    expect(await world.change('DELETE', '/settings/support/wait?number=%2B6560000001')).toMatchObject({ error: 'HS_SETTING_NUMBER' });
  });

  it('of more numbers than a thousand is refused', async () => {
    const to = { value: '{"open":false,"says":null}', startsAt: null, endsAt: null, at: 0, label: 'x', reason: null };
    const changes = Array.from({ length: 1_000 }, (_, index) => ({ scope: `number:65${10_000 + index}`, name: 'intake', expected: 0, to }));
    const entry = {
      id: 'x',
      at: 0,
      label: 'x',
      role: 'x',
      action: 'x',
      callId: null,
      flow: null,
      to: null,
      result: 200,
      requestId: null,
      detail: null,
    };
    await world.store.changeOverrides(changes, entry);
    expect(await world.change('PUT', '/settings/plain/intake', { open: false, number: '+6599999' })).toMatchObject({
      status: 409,
      error: 'HS_SETTING_TOO_MANY',
    });
    expect(await world.change('PUT', '/settings/plain/intake', { open: false, number: '+6510001' })).toMatchObject({ status: 200 });
  });

  it('that is closed lets nobody be called: 409', async () => {
    await world.change('PUT', '/settings/plain/intake', { open: false });
    const placed = await world.change('POST', '/calls', { flow: 'plain', to: '+6590001234', from: '+6560000001' });
    expect(placed).toMatchObject({
      status: 409,
      error: 'HS_INTAKE_CLOSED',
      message: expect.stringContaining('hookswitch settings open plain') as string,
    });
  });
});

describe('POST /settings/undo/:entry', () => {
  it('puts back what was there, once; and can be undone', async () => {
    const first = await world.change('PUT', '/settings/support/wait', { value: 7, reason: 'busy' });
    const second = await world.change('PUT', '/settings/support/wait', { value: 3 }, 'ben');
    const early = await world.change('POST', `/settings/undo/${first.change?.id}`);
    expect(early).toMatchObject({ status: 409, error: 'HS_SETTING_CHANGED', current: { value: 3, by: 'Ben' } });
    const undone = await world.change('POST', `/settings/undo/${second.change?.id}`);
    expect(undone).toMatchObject({
      status: 200,
      change: { undoes: second.change?.id, before: { value: 3 }, after: { value: 7, reason: 'busy' } },
    });
    expect(one(undone.settings, 'wait')).toMatchObject({ value: 7, override: { by: 'Anna' } });
    expect(await world.change('POST', `/settings/undo/${second.change?.id}`)).toMatchObject({ status: 409 });
    const redone = await world.change('POST', `/settings/undo/${undone.change?.id}`, { reason: 'after all' });
    expect(one(redone.settings, 'wait')).toMatchObject({ value: 3, override: { reason: 'after all' } });
  });

  it('takes back what was set first', async () => {
    const { change } = await world.change('PUT', '/settings/support/wait', { value: 7 });
    const { settings: now } = await world.change('POST', `/settings/undo/${change?.id}`);
    expect(one(now, 'wait')).toMatchObject({ value: 5, version: 0, override: null });
  });

  it('is taken back by a version that is one, and once', async () => {
    for (const query of ['version=-1', 'version=x', 'version=', 'version=0&version=0', 'reason=x'])
      expect(await world.change('DELETE', `/settings/support/wait?${query}`)).toMatchObject({ status: 400, error: 'query' });
  });

  it('knows only changes of settings', async () => {
    await world.change('PUT', '/settings/support/wait', { value: 700 });
    await world.change('POST', '/calls', { flow: 'nobody', to: '+6590001234', from: '+6560000001' });
    const ids = ['nothing', ...(await world.audit()).entries.map(({ id }) => id)];
    expect(ids.length).toBeGreaterThan(1);
    for (const id of ids)
      expect(await world.change('POST', `/settings/undo/${id}`)).toMatchObject({ status: 404, error: 'HS_SETTING_ENTRY_UNKNOWN' });
  });
});

describe('what is kept of a change', () => {
  it('is an entry of the audit list, with before and after', async () => {
    await world.change('PUT', '/settings/support/agent', { value: '+6590001234' });
    await world.change('PUT', '/settings/support/wait', { value: 1, version: 9 }, 'ben');
    await world.change('PUT', '/settings/support/wait', { value: 1 }, 'eye');
    await world.change('DELETE', '/settings/support/agent');
    const { entries } = await world.audit();
    expect(
      entries.map(({ label, action, flow, result, change }) => [label, action, flow, result, change?.before?.value, change?.after?.value]),
    ).toEqual([
      ['Anna', 'settings.change', 'support', 200, '+6590001234', undefined],
      ['eye', 'settings.change', 'support', 403, undefined, undefined],
      ['Ben', 'settings.change', 'support', 409, undefined, undefined],
      ['Anna', 'settings.change', 'support', 200, undefined, '+6590001234'],
    ]);
    expect(entries.every((entry) => !('detail' in entry))).toBe(true);
  });

  it('is listed, newest first, by flow and page', async () => {
    for (const value of [1, 2, 3]) await world.change('PUT', '/settings/support/wait', { value });
    await world.change('PUT', '/settings/plain/intake', { open: false });
    const { entries, cursor } = await world.history('?flow=support&limit=2');
    expect(entries.map(({ name, before, after, canUndo }) => [name, before?.value, after?.value, canUndo])).toEqual([
      ['wait', 2, 3, true],
      ['wait', 1, 2, false],
    ]);
    const rest = await world.history(`?flow=support&limit=2&cursor=${encodeURIComponent(cursor ?? '')}`);
    expect(rest.entries.map(({ after }) => after?.value)).toEqual([1]);
  });
});

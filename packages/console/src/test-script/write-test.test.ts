import { ask, bridge, capture, date, defineFlow, type FlowModule, hangup, menu, say, step, tags, waitFor } from '@hookswitch/dsl';
import type { AppOptions } from '@hookswitch/runtime';
import { afterEach, describe, expect, it } from 'vitest';
import { ConsoleWorld } from '../console.test-support.ts';

const voice = 'en-US-BenjaminRUS';
const crm = (account: string | null): unknown => {
  if (account === '13') throw new RangeError('out of range');
  return account === null ? null : { name: 'Ann', phone: '+6591234567' };
};

const support = defineFlow({ name: 'support-desk', voice }, function* () {
  const account = yield* capture('Your account?', { id: 'account', maxDigits: 10 });
  try {
    const customer = yield* step('find', () => crm(account), { examples: { ann: { name: 'Ann' }, nobody: null } });
    yield say(customer === null ? 'Who are you?' : 'Hello.');
  } catch {
    yield say('Our system is down.');
  }
  const topic = yield* menu('Bills 1, an agent 2.', { 1: 'bills', 2: 'agent' }, { id: 'main', otherwise: 'agent' });
  if (topic === 'bills') return void (yield* step('bill', () => 12, { examples: { due: 12 } }));
  const { outcome } = yield* bridge('+6531589338', { id: 'agent' });
  yield say(outcome === 'answered' ? 'Thank you.' : 'Nobody is free.');
  yield hangup();
});

const secret = defineFlow({ name: 'pin', voice }, function* () {
  const pin = yield* capture('Your PIN, then hash.', { id: 'pin', minDigits: 4, maxDigits: 4, sensitive: true });
  const account = yield* step('log-in', () => ({ balance: `${pin}99` }), { sensitive: true, examples: { ok: { balance: '0' } } });
  yield say(account === null ? 'No.' : 'Yes.');
});

const broken = defineFlow({ name: 'broken', voice }, function* () {
  const key = yield* capture('Press a key.', { id: 'key', maxDigits: 1, completeOnHash: false });
  if (key === '1') throw new TypeError('no');
});

const paying = defineFlow({ name: 'paying', voice }, function* () {
  const paid = yield* waitFor('paid', { hold: [say('Still checking.')], examples: { ok: { amount: 5 } } });
  yield say(paid.arrived ? 'Thank you.' : 'Nothing has come.');
});

let world: ConsoleWorld;
afterEach(() => world.app.close());

const open = async (flow: FlowModule, options: Partial<AppOptions> = {}): Promise<void> => {
  world = await ConsoleWorld.open(flow, options);
  await world.received();
};
/** The statements of the test, without what is the same in each. */
const body = async (): Promise<string[]> => {
  const { code } = await world.test();
  return code
    .slice(code.indexOf('{\n', code.indexOf('it(')) + 2, code.lastIndexOf('});'))
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
};
const statements = async (): Promise<string[]> => (await body()).filter((line) => /^(await|expect)/.test(line));

const labels = tags({ reason: ['billing', 'agent'], amount: 'number', phone: 'text' });
const tagged = defineFlow({ name: 'tagged', voice, tags: labels }, function* () {
  const amount = Number(yield* capture('How much?', { id: 'amount', maxDigits: 4 }));
  yield labels.set({ reason: 'billing', amount, phone: '+6591234567' });
  return { amount, paid: true };
});

describe('a test made of a call', () => {
  it('has what the flow notes and returns, but for what is masked', async () => {
    await open(tagged);
    await world.completed('12#');
    expect((await statements()).slice(-3)).toEqual([
      'expect(call).toHaveEnded();',
      "expect(call).toHaveTag({ reason: 'billing', amount: 12 });",
      'expect(call).toHaveResult({ amount: 12, paid: true });',
    ]);
  });

  it('says what was pressed, what steps gave, and what was heard', async () => {
    await open(support, { showNumbers: true });
    await world.completed('12345678#');
    await world.completed('2#');
    await world.completed(null, { sipCode: 486, callId: 'second-leg' });
    const { code, fileName, notes } = await world.test();
    expect(notes).toEqual([]);
    expect(fileName).toMatch(/^support-desk\.\d{4}-\d\d-\d\d\.test\.ts$/);
    expect(code.replace(/now: '[^']+'/, "now: '…'")).toMatchSnapshot();
  });

  it('tells silence, a hang-up and a key alone apart', async () => {
    await open(support);
    await world.completed(null);
    await world.completed('');
    await world.over({ sessionStatus: 'COMPLETED' });
    expect((await statements()).filter((line) => line.startsWith('await'))).toEqual([
      'await call.stayQuiet();',
      "await call.press('#');",
      'await call.hangUp();',
    ]);
  });

  it('fails steps as they failed', async () => {
    await open(support);
    await world.completed('13');
    expect((await body()).join(' ')).toContain("find: Object.assign(new Error('out of range'), { name: 'RangeError' })");
    expect(await statements()).toContain("expect(call).toHear('Our system is down.');");
  });

  it('ends where a call that lives stands now', async () => {
    await open(support);
    await world.completed('1');
    expect((await statements()).at(-1)).toBe("expect(call).toBeAt('main');");
  });

  it('holds no numbers, and says what it made up', async () => {
    await open(support);
    await world.completed('12345678');
    const { code, notes } = await world.test();
    expect(code).not.toMatch(/90000001|91234567|60000000/);
    expect(notes).toEqual(['Long entries are made up, as they may be telephone numbers.', 'Numbers in the results of "find" are masked.']);
  });

  it('makes up what is sensitive', async () => {
    await open(secret, { dataKeys: Buffer.from('thirty-two bytes for a test key!').toString('base64') });
    await world.completed('7391');
    const { code, notes } = await world.test();
    expect(code).not.toContain('7391');
    expect(notes).toHaveLength(2);
    expect(await statements()).toContain("await call.press('1234#');");
  });

  it('expects the error of a flow that threw', async () => {
    await open(broken);
    await world.completed('1');
    expect((await statements()).at(-1)).toBe("await expect(call.press('1')).rejects.toThrow('TypeError');");
  });
});

const DATA_KEYS = Buffer.from('thirty-two bytes for a test key!').toString('base64');
const born = defineFlow({ name: 'born', voice }, function* () {
  const day = yield* ask('Your birthday?', {
    id: 'born',
    validate: date('DDMMYYYY', { timeZone: 'UTC', range: 'past' }),
    sensitive: true,
    confirm: true,
    otherwise: null,
  });
  yield say(day === null ? 'We need it.' : 'Thank you.');
  yield* menu('Bills 1, an agent 2.', { 1: 'bills', 2: 'agent' }, { id: 'main', otherwise: 'agent' });
});
const keys = async (): Promise<string[]> =>
  (await statements()).flatMap((line) => /^await call\.(press\('[^']*'\)|stayQuiet\(\))/.exec(line)?.[1] ?? []);
const OTHER_CODE = /other code/;

describe('a test of a call with something sensitive', () => {
  const hearing = async (answers: readonly (string | null)[], over: boolean): Promise<void> => {
    await open(born, { dataKeys: DATA_KEYS });
    for (const answer of answers) await world.completed(answer);
    if (over) await world.over({ sessionStatus: 'COMPLETED' });
  };

  it.each([
    ['that lives', false],
    ['that is over', true],
  ])('answers it with an entry that its question takes, and what was keyed in behind it as it was: %s', async (_what, over) => {
    await hearing(['12031990', '1', '2'], over);
    const { code, notes } = await world.test();
    expect(code).not.toContain('12031990');
    expect(notes.filter((note) => OTHER_CODE.test(note))).toEqual([]);
    const [entry, ...others] = await keys();
    expect(entry).toMatch(/^press\('\d{8}'\)$/);
    expect(others).toEqual(["press('1')", "press('2')"]);
    expect(await statements()).toContain("expect(call).toHear('Thank you.');");
  });

  it('makes up entries that lead where the call went: refused ones, and those that were not confirmed', async () => {
    await hearing(['99999999', '12031990', '2', '12031990', '1', '2'], true);
    const { notes } = await world.test();
    expect(notes).toEqual(['Sensitive entries are made up, so that the flow may go another way.']);
    expect(await keys()).toHaveLength(6);
    expect((await statements()).at(-1)).toBe('expect(call).toHaveEnded();');
  });

  it('never says that code has changed where only what was made up leads another way', async () => {
    const known = defineFlow({ name: 'known', voice }, function* () {
      const pin = yield* capture('PIN?', { id: 'pin', maxDigits: 4, completeOnHash: false, sensitive: true });
      if (pin === '7391') yield* capture('Amount?', { id: 'amount', maxDigits: 2 });
      else yield* capture('Once more?', { id: 'again', maxDigits: 2 });
    });
    await open(known, { dataKeys: DATA_KEYS });
    await world.completed('7391');
    await world.completed('12');
    await world.over({ sessionStatus: 'COMPLETED' });
    const { notes } = await world.test();
    expect(notes.filter((note) => OTHER_CODE.test(note))).toEqual([]);
    expect(notes.join()).toContain('From "again" on the test goes another way than the call');
  });
});

describe('a call that waited for a signal', () => {
  it('becomes a test that sends it', async () => {
    await open(paying);
    const { calls } = await world.app.hookswitch.reports.list({});
    await world.app.hookswitch.signal(calls[0]?.id ?? '', 'paid', { amount: 7 });
    expect(await statements()).toContain("await call.signal('paid', { amount: 7 });");
  });
});

import { describe, expect, it } from 'vitest';
import { flowSource, hookswitch, project } from '../cli.test-support.ts';

const folder = (source = flowSource('asks')): string => project({ 'flows/asks.ts': source });
const run = (args: readonly string[], cwd = folder()) => hookswitch(['simulate', ...args], { cwd });
const CHAOS = ['duplicates=0.3', 'reordered=0.3', 'lost=0.2', 'concurrent=0.2'].flatMap((kind) => ['--chaos', kind]);

/** What `--json` prints. */
interface Report {
  readonly ok: boolean;
  readonly seed: string;
  readonly calm: { readonly calls: number; readonly wrong: number; readonly webhooks: { readonly VCA: { readonly sent: number } } };
  readonly disturbed: {
    readonly calls: number;
    readonly wrong: number;
    readonly restarts: number;
    readonly bad: readonly { readonly message: string }[];
    readonly webhooks: { readonly VCA: { readonly sent: number; readonly repeated: number } };
  };
  readonly mishaps: { readonly calm: readonly { readonly kind: string; readonly first: string }[] };
  readonly places: { readonly all: readonly string[]; readonly reached: readonly string[] };
}

async function reportOf(args: readonly string[], cwd?: string): Promise<Report & { readonly code: number }> {
  const { code, out, err } = await run([...args, '--json'], cwd);
  expect(out, err).not.toBe('');
  return { code, ...(JSON.parse(out) as Report) };
}

describe('hookswitch simulate', () => {
  it('makes calls undisturbed and with chaos, and finds that callers hear the same', async () => {
    const report = await reportOf(['asks', '--calls', '20', '--concurrency', '5', '--seed', '7', ...CHAOS]);
    expect(report).toMatchObject({ code: 0, ok: true, seed: '7', calm: { calls: 20, wrong: 0 }, disturbed: { calls: 20, wrong: 0 } });
    expect(report.disturbed.webhooks.VCA.repeated).toBeGreaterThan(0);
    expect(report.places).toEqual({ all: ['key'], reached: ['key'] });
  });

  it('makes the same calls for the same seed', async () => {
    const webhooks = async (seed: string) =>
      (await reportOf(['asks', '--calls', '12', '--seed', seed, '--chaos', 'duplicates=0.5'])).disturbed.webhooks;
    const [first, second, other] = [await webhooks('7'), await webhooks('7'), await webhooks('eight')];
    const counts = (webhooks = {}): readonly number[] =>
      Object.values(webhooks as Record<string, { sent: number }>).map(({ sent }) => sent);
    expect(counts(first)).toEqual(counts(second));
    expect(counts(other)).not.toEqual(counts(first));
  });

  it('sends callers to the places that few would come to, and says which nobody reached', async () => {
    const rooms = Array.from({ length: 8 }, (_, index) => index + 1);
    const body = `import { defineFlow, menu, step } from '@hookswitch/dsl';
export default defineFlow({ name: 'asks', voice: 'en-US-BenjaminRUS' }, function* () {
  for (const room of ${JSON.stringify(rooms)}) {
    const on = yield* menu('Star goes on.', { '*': true, '0-9': false }, { id: 'room-' + room, otherwise: false, attempts: 1 });
    if (!on) return;
  }
  const rare = yield* step('rare', () => 1, { examples: { often: 0, rare: 1 }, onError: () => 0 });
  if (rare === 1) yield* menu('One.', { 1: true }, { id: 'last', otherwise: false });
});`;
    const cwd = folder(body);
    const many = await reportOf(['asks', '--calls', '100', '--seed', '7'], cwd);
    expect([many.code, many.places.reached]).toEqual([0, many.places.all]);
    const few = await run(['asks', '--calls', '2', '--seed', '7'], cwd);
    expect(few).toMatchObject({
      code: 0,
      out: expect.stringMatching(/\d of 9 places of the flow were reached\. Nobody came to: room-/) as string,
    });
    expect(await run(['asks', '--calls', '2', '--seed', '7', '--strict'], cwd)).toMatchObject({ code: 1 });
  });

  it('says in words what it found', async () => {
    const { code, out, err } = await run(['asks', '--calls', '5', '--seed', '7', '--chaos', 'duplicates=1']);
    expect(code).toBe(0);
    expect(err).toContain('asks: 5 calls, 50 at a time, seed 7; duplicates=1');
    expect(out).toMatch(/undisturbed +with chaos\ncalls +5 +5\n/);
    expect(out).toContain('1 of 1 places of the flow were reached.');
    expect(out).toContain('✓ Every caller heard with chaos what it heard without.');
  });

  it('exits with 1 where a flow speaks of what is outside of it', async () => {
    const source = flowSource('asks', { after: "yield say('Call number ' + ++calls + '.');" });
    const { code, out } = await run(['asks', '--calls', '5', '--concurrency', '1'], folder(`let calls = 0;\n${source}`));
    expect(code).toBe(1);
    expect(out).toContain('heard something wrong');
    expect(out).toMatch(/call-\d: The caller should have heard ".*Call number \d+/);
    expect(out).toContain('✗ Something is wrong: see above.');
  });

  it('says which calls could not be compared, since they were lost undisturbed, and why they were', async () => {
    // The second call finds a server that says nothing for longer than the platform waits.
    const step =
      "yield* step('wait', ({ signal }) => (++calls === 2 ? new Promise((go) => signal.addEventListener('abort', go)) : 1), { examples: { one: 1 } });";
    const source = flowSource('asks', { after: step }).replace('import { capture', 'let calls = 0;\nimport { step, capture');
    const args = ['asks', '--calls', '3', '--concurrency', '1', '--seed', '7', '--real-steps', '--platform', 'answerTimeoutMs=2000'];
    const { code, out } = await run(args, folder(source));
    expect(code).toBe(1);
    expect(out).toMatch(/^lost +1 +0\nheard something wrong +0 +0$/m);
    expect(out).toMatch(/not compared:\n {2}call-\d: the undisturbed call was itself lost: .*no answer within 2000 ms/);
  });

  it('exits with 1 where a flow throws, and says what', async () => {
    const source = flowSource('asks', { after: "throw new TypeError('no such customer');" });
    const report = await reportOf(['asks', '--calls', '4', '--concurrency', '2'], folder(source));
    expect(report.code).toBe(1);
    expect(report.mishaps.calm).toMatchObject([{ kind: 'fallback: flow-error', first: 'TypeError: no such customer' }]);
  });

  it('sends signals that flows wait for, or lets their time run out, and callers hear the same with chaos', async () => {
    const source = `import { defineFlow, menu, playFile, say, waitFor } from '@hookswitch/dsl';
export default defineFlow({ name: 'asks', voice: 'en-US-BenjaminRUS' }, function* () {
  yield say('Please pay.');
  const hold = [say('Still waiting.'), playFile('https://example.com/music.wav')];
  const paid = yield* waitFor('paid', { timeout: '5m', hold, examples: { little: { amount: 5 }, much: { amount: 500 } } });
  const id = !paid.arrived ? 'none' : paid.value.amount > 5 ? 'much' : 'little';
  const { arrived } = yield* waitFor('never', { timeout: '1s' });
  if (arrived) throw new Error('nobody has sent it');
  yield* menu('You have paid: ' + id, { 1: true }, { id, otherwise: false });
});`;
    const report = await reportOf(['asks', '--calls', '30', '--seed', '7', ...CHAOS, '--chaos', 'restarts=0.02'], folder(source));
    expect(report).toMatchObject({ code: 0, ok: true, calm: { wrong: 0 }, disturbed: { wrong: 0, bad: [] } });
    expect(report.places.reached).toEqual(expect.arrayContaining(['none', 'little', 'much']));
    // The pieces of a hold are few: nobody listens to them until a caller gives up.
    expect(report.calm.webhooks.VCA.sent).toBeLessThan(30 * 20);
  });

  it('draws what steps come to from their examples, and runs them where it is asked to', async () => {
    const source = flowSource('asks', {
      after:
        "const who = yield* step('who', () => 'Zoe', { examples: { ann: 'Ann', bob: 'Bob' } });\n  if (who === 'Zoe') throw new Error('ran');",
    }).replace('import { capture', 'import { step, capture');
    const cwd = folder(source);
    expect(await reportOf(['asks', '--calls', '6'], cwd)).toMatchObject({ code: 0, ok: true });
    const real = await reportOf(['asks', '--calls', '6', '--real-steps'], cwd);
    expect(real.mishaps.calm[0]?.first).toBe('Error: ran');
  });

  it('restarts the server between two keys', async () => {
    const source = flowSource('asks').replace('maxDigits: 1, completeOnHash: false', 'maxDigits: 3, completeOnHash: false');
    const report = await reportOf(['asks', '--calls', '8', '--concurrency', '4', '--seed', '2', '--chaos', 'restarts=0.3'], folder(source));
    expect(report).toMatchObject({ code: 0, ok: true });
    expect(report.disturbed.restarts).toBeGreaterThan(0);
  });

  it('places outbound calls with the examples of their params', async () => {
    const source = flowSource('asks', { prompt: "' + (call.params.who ?? 'nobody') + '?" })
      .replace("voice: 'en-US-BenjaminRUS'", "voice: 'en-US-BenjaminRUS', examples: { direction: ['outbound'], params: [{ who: 'Ann' }] }")
      .replace('function* ()', 'function* (call)');
    const report = await reportOf(
      ['asks', '--direction', 'outbound', '--calls', '8', '--seed', '3', '--chaos', 'lostCreates=0.5'],
      folder(source),
    );
    expect(report).toMatchObject({ code: 0, ok: true, calm: { calls: 8 }, disturbed: { calls: 8 } });
  });

  it('plays against a platform that asks after each action', async () => {
    const args = ['asks', '--calls', '5', '--seed', '7', '--platform', 'vcaPer=action'];
    expect(await reportOf([...args, '--delivery', 'action'])).toMatchObject({ code: 0, ok: true });
    const { err } = await run(args);
    expect(err).toContain('A platform that asks after each action needs --delivery action');
  });

  it.each([
    ['where the platform asks after each action', ['--platform', 'vcaPer=action'], true],
    ['not where callers stay quiet in virtual time', ['--platform', 'vcaPer=callflow'], false],
  ])('has the server recommend --delivery action %s', async (_what, args, expected) => {
    const source = flowSource('asks')
      .replace('const key', "yield say('Welcome.');\n  const key")
      .replace('maxDigits: 1', 'noOfTries: 1, maxDigits: 2');
    const { out } = await run(['asks', '--calls', '60', '--seed', '7', '--log-level', 'warn', ...args], folder(source));
    expect(out.includes('set delivery: ')).toBe(expected);
  });
});

describe('a simulation that can not be', () => {
  it.each<[string, readonly string[], RegExp]>([
    ['of a flow that there is not', ['ask'], /There is no flow "ask"\. Did you mean "asks"\?/],
    ['of no flows', ['asks', 'nowhere/'], /nowhere/],
    ['with chaos that there is not', ['asks', '--chaos', 'duplicate=0.1'], /Did you mean "duplicates"\?/],
    ['with a rate that is none', ['asks', '--chaos', 'duplicates=2'], /in 0\.\.1; got 2/],
    ['with chaos that can not be read', ['asks', '--chaos', 'duplicates'], /write for example duplicates=0\.1/],
    ['of a platform that there is not', ['asks', '--platform', 'vcaper=action'], /Did you mean "vcaPer"\?/],
    ['of a setting that can not be read', ['asks', '--platform', 'vcaPer'], /Write name=value/],
    ['of no calls', ['asks', '--calls', '0'], /--calls is a whole number in 1\.\.1000000/],
    [
      'with restarts, and a store that does not outlive them',
      ['asks', '--chaos', 'restarts=1', '--store', 'memory'],
      /outlives the server/,
    ],
    ['with steps that fail too often', ['asks', '--failing-steps', '2'], /A rate is a number in 0\.\.1/],
  ])('%s is one sentence and exit code 2', async (_what, args, message) => {
    const { code, err } = await run(args);
    expect([code, err]).toEqual([2, expect.stringMatching(message)]);
  });
});

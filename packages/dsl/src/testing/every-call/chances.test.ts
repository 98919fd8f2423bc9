import { describe, expect, it } from 'vitest';
import { now } from '../../effects/now.ts';
import { say } from '../../effects/say.ts';
import { defineFlow } from '../../flow/define-flow.ts';
import type { FlowModule } from '../../flow/flow-options.ts';
import { menu } from '../../questions/menu/menu.ts';
import { bank } from './bank.test-support.ts';
import { forEveryCall } from './every-call.ts';
import type { RandomCall } from './random-call.ts';

const voice = 'en-US-BenjaminRUS';

describe('among what is random are', () => {
  const seen = async (flow: FlowModule, what: (call: RandomCall) => readonly string[], options = {}): Promise<ReadonlySet<string>> => {
    const all = new Set<string>();
    await forEveryCall(flow, (call) => void what(call).forEach((one) => all.add(one)), { runs: 300, seed: 5, ...options });
    return all;
  };

  it('hang-ups at every wait, steps included', async () => {
    const left = await seen(bank(false), (call) => (call.ended === 'caller' ? [call.sites.at(-1) ?? ''] : []));
    expect([...left].toSorted()).toEqual(['agent', 'check-pin', 'main', 'pin']);
  });

  it('each example of a step, and its failure', async () => {
    const results = await seen(bank(false), ({ steps }) => steps.map((one) => ('error' in one ? one.error.message : String(one.value))));
    expect([...results].toSorted()).toEqual(['an example of a failure', 'false', 'true']);
  });

  it('each outcome of a bridge, and none that is known', async () => {
    const outcomes = await seen(bank(false), ({ bridged }) => bridged.map(({ outcome }) => String(outcome)));
    expect([...outcomes].toSorted()).toEqual(['answered', 'busy', 'declined', 'failed', 'no-answer', 'null', 'unknown']);
  });

  it('silence, pauses, keys that nobody asked for', async () => {
    const lines = await seen(bank(false), ({ transcript }) => transcript.split('\n').filter((line) => line.startsWith('«')));
    expect([...lines].some((line) => line.includes('silence'))).toBe(true);
    expect([...lines].some((line) => line.includes('(pause)'))).toBe(true);
    expect([...lines].some((line) => /[*#]/.test(line))).toBe(true);
  });

  it('how calls begin: the examples of the flow, or those of the test', async () => {
    const flow = defineFlow(
      { name: 'who', voices: { en: voice, zh: 'zh-CN-HuihuiRUS' }, language: 'en', examples: { from: [null], direction: ['outbound'] } },
      function* () {
        yield* say({ en: 'Hello.', zh: '您好。' });
      },
    );
    const begin = ({ call }: RandomCall): string[] => [
      `${call.direction} ${call.from === null ? 'withheld' : 'known'} ${call.language ?? ''}`,
    ];
    expect([...(await seen(flow, begin))].toSorted()).toEqual([
      'inbound known en',
      'inbound known zh',
      'inbound withheld en',
      'outbound known en',
    ]);
    expect([...(await seen(flow, begin, { calls: [{ language: 'zh' }] }))]).toEqual(['inbound known zh']);
  });

  it('the times of `at`, so that what hangs on the time is the same whenever tests run', async () => {
    const flow = defineFlow({ name: 'hours', voice }, function* () {
      yield* say((yield* now()).getUTCHours() < 9 ? 'Closed.' : 'Open.');
    });
    expect([...(await seen(flow, ({ heard }) => heard))]).toEqual(['Closed.']);
    const at = ['2026-01-05T10:00:00Z', '2026-01-05T10:00:00+08:00'];
    expect([...(await seen(flow, ({ heard }) => heard, { at }))].toSorted()).toEqual(['Closed.', 'Open.']);
    expect([...(await seen(flow, ({ heard }) => heard, { at: at[0] }))]).toEqual(['Open.']);
  });

  it('ways to what stands behind much: half of the calls are led to a site that exploration knows', async () => {
    const deep = defineFlow({ name: 'deep', voice }, function* () {
      for (let level = 0; level < 8; level++) yield* menu(`Level ${level}.`, { [`${level}7`]: 'on' }, { id: `level-${level}` });
    });
    const { reached } = await forEveryCall(deep, () => undefined, { runs: 300, seed: 5 });
    expect(reached['level-7']).toBeGreaterThan(10);
  });

  it('results that the test gives in place of examples, errors among them', async () => {
    const steps = { 'check-pin': [false, new RangeError('out of order')] };
    const results = await seen(bank(false), ({ steps: ran }) => ran.map((one) => ('error' in one ? one.error.name : String(one.value))), {
      steps,
    });
    expect([...results].toSorted()).toEqual(['Error', 'RangeError', 'false']);
  });
});

import { describe, expect, it } from 'vitest';
import { SentenceBrokenError } from '../errors/sentence-broken-error.ts';
import { startCall } from '../start-call.ts';
import { inTurn } from '../step-stubs.ts';
import type { TestCall } from '../test-call.ts';
import { bank } from './bank.test-support.ts';
import { forEveryCall } from './every-call.ts';
import type { RandomCall } from './random-call.ts';

/** The call that a test makes: its statements, run as they stand. */
async function callOf(source: string, flow: unknown): Promise<TestCall> {
  const body = source.slice(source.indexOf('async () => {') + 'async () => {'.length, source.lastIndexOf('});'));
  // What is tested is source text.
  const run = (0, eval)(`(async (startCall, inTurn, bank) => {${body}; return call; })`) as (...args: unknown[]) => Promise<TestCall>;
  return run(startCall, inTurn, flow);
}

const RULES: readonly (readonly [string, (call: RandomCall) => boolean])[] = [
  ['no bridge is busy', ({ bridged }) => !bridged.some(({ outcome }) => outcome === 'busy')],
  [
    'nobody leaves while an agent speaks',
    ({ bridged, ended }) => !(ended === 'caller' && bridged.some(({ outcome }) => outcome === 'answered')),
  ],
  ['no step fails', ({ steps }) => !steps.some((step) => 'error' in step)],
  ['no step differs from the one before', ({ steps }) => new Set(steps.map((step) => JSON.stringify(step))).size < 2],
  ['nobody leaves during a step', ({ ended, sites }) => !(ended === 'caller' && sites.at(-1) === 'check-pin')],
  ['nobody is silent', ({ transcript }) => !transcript.includes('silence')],
  ['nobody takes too long between two keys', ({ transcript }) => !transcript.includes('pause')],
  ['nobody thanks', ({ heard }) => !heard.includes('Thank you.')],
  ['calls are short', ({ sites }) => sites.length < 8],
];

describe('a test that is made of a counterexample makes the very call:', () => {
  it.each(RULES.flatMap(([title, rule]) => [1, 2].map((seed) => [title, rule, seed] as const)))('%s', async (_title, rule, seed) => {
    const flow = bank(true);
    let shown = '';
    const error: unknown = await forEveryCall(
      flow,
      (call) => {
        if (rule(call)) return true;
        shown = call.transcript;
        return false;
      },
      // How the platform behaves is part of the call.
      { seed, runs: 500, ...(seed === 2 ? { mode: 'replayed', platform: { firstDigitWithin: 'digitTimeout' } } : {}) },
    ).catch((thrown: unknown) => thrown);
    if (!(error instanceof SentenceBrokenError)) return expect.fail(String(error));
    expect((await callOf(error.test, flow)).transcript, error.test).toBe(shown);
    expect(error.message).toContain(shown);
  });
});

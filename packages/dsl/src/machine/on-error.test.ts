import { describe, expect, it } from 'vitest';
import { sampleCall } from '../chart/sample-calls.ts';
import { capture } from '../effects/capture.ts';
import { say } from '../effects/say.ts';
import { step } from '../effects/step.ts';
import { defineFlow } from '../flow/define-flow.ts';
import type { Entry } from '../generator/journal.ts';
import { compile, type Position } from './compile.ts';

const AT = 1_000;
const FAILED = { type: 'STEP_SETTLED', at: AT, outcome: { ok: false, error: { name: 'Error', message: 'no reply' } } } as const;

/** A flow whose step fails, and asks `onError` what to do. */
function failing(onError: (calls: number) => unknown) {
  let calls = 0;
  const flow = defineFlow({ name: 'failing', voice: 'en-US-ZiraRUS' }, function* () {
    let came: unknown;
    try {
      came = yield* step('find', (): unknown => null, { examples: { found: 1 }, onError: () => onError(++calls) });
    } catch (error) {
      came = (error as Error).message;
    }
    yield say(`It came to ${JSON.stringify(came)}.`);
    yield* capture('And now?', { id: 'next' });
  });
  const compiled = compile(flow);
  calls = 0;
  const failed = compiled.next(compiled.start(sampleCall(flow.options)), FAILED);
  return { compiled, failed, calls: () => calls };
}

const said = ({ actions }: Position) => actions.flatMap((action) => (action.action === 'say' ? [action.params.text] : []));

describe('onError', () => {
  it('is called once for a step that failed, and its result is kept in the journal', () => {
    const { compiled, failed, calls } = failing((nth) => ({ nth }));
    const entries = JSON.parse(JSON.stringify(failed.journal)) as Entry[];
    const restored = compile(compiled.flow, { chart: compiled.chart }).restore(sampleCall(compiled.flow.options), entries, 'next');
    expect([said(failed), said(restored), calls()]).toEqual([['It came to {"nth":1}.'], ['It came to {"nth":1}.'], 1]);
  });

  it.each<[string, (nth: number) => unknown, string]>([
    [
      'throws',
      (nth) => {
        throw new RangeError(`for the ${nth}. time`);
      },
      'RangeError: for the 1. time',
    ],
    ['gives what is no JSON', () => new Map(), 'StepResultError'],
  ])('fails the step where it %s, the same on every replay', (_what, onError, words) => {
    const { compiled, failed, calls } = failing(onError);
    const restored = compiled.restore(sampleCall(compiled.flow.options), failed.journal.entries(), 'next');
    expect(said(failed).join()).toContain(words);
    expect([said(restored), calls()]).toEqual([said(failed), 1]);
  });

  it('is asked on replay for entries that were saved without what it gave', () => {
    const { compiled, failed } = failing(() => 'nobody');
    const entries = failed.journal.entries().map(({ site, at }): Entry => ({ site, at, error: FAILED.outcome.error }));
    expect(said(compiled.restore(sampleCall(compiled.flow.options), entries, 'next'))).toEqual(['It came to "nobody".']);
  });
});

import { answerClasses } from '../../chart/answer-class.ts';
import type { Decision } from '../../generator/decision.ts';
import type { Entry } from '../../generator/journal.ts';
import type { HiddenEntry } from '../../recorded/recorded-call.ts';
import type { CaptureState } from '../capture-engine.ts';
import { type Deed, describeDeed } from './deed.ts';
import type { ForkChoice, ForkWait } from './fork.ts';

/** What whoever plays is asked for where a flow stands. `then`: what the recorded call had here. */
export function waitOf(
  { site, effect }: Decision,
  capture: CaptureState | null,
  again: boolean,
  then: Entry | HiddenEntry | null,
): ForkWait {
  if (effect?.kind === 'bridge') return { for: 'bridge', site, to: effect.to, again };
  if (effect?.kind === 'capture' && capture !== null) {
    const { minDigits, maxDigits, completeOnHash, noOfTries } = capture.params;
    const { attempt, digits } = capture;
    const { sensitive } = effect;
    return { for: 'keys', site, minDigits, maxDigits, completeOnHash, attempt, attempts: noOfTries, digits, sensitive, again };
  }
  const classes = effect === null ? [] : answerClasses(effect);
  const choices = classes.flatMap(({ label, answer }): readonly ForkChoice[] =>
    'error' in answer ? [] : [{ label, deed: { example: label } }],
  );
  const mayFail = classes.some(({ answer }) => 'error' in answer);
  return {
    for: 'value',
    site,
    kind: effect?.kind ?? 'step',
    choices,
    mayFail,
    then: then === null || 'erased' in then ? null : then,
    again,
  };
}

/** Why a deed can't be done where a fork stands; null where it can. */
export function whyNot(deed: Deed, waits: ForkWait): string | null {
  const no = (why: string): string => `There is no ${describeDeed(deed)} here: ${why}`;
  if (waits.for === 'nothing') return no('the call is over. Take back what was done last, to go another way.');
  if ('hangUp' in deed) return null;
  const { site } = waits;
  switch (waits.for) {
    case 'keys':
      return 'press' in deed || 'silence' in deed ? null : no(`the flow waits for keys at "${site}".`);
    case 'bridge':
      return 'bridge' in deed ? null : no(`a bridge is open at "${site}", so the other party hears the keys. Say how it ends.`);
    case 'value':
      if ('fails' in deed && !waits.mayFail) return no(`what is waited for at "${site}" can't fail.`);
      if ('recorded' in deed && waits.then === null) return no(`nothing is known of what "${site}" gave then.`);
      return 'result' in deed || 'recorded' in deed || 'example' in deed || 'fails' in deed
        ? null
        : no(`the flow waits for the ${waits.kind} "${site}". Choose what it gives.`);
  }
}

import { answerClasses } from '../../chart/answer-class.ts';
import type { Decision } from '../../generator/decision.ts';
import type { Entry } from '../../generator/journal.ts';
import { bridgeResult } from '../bridge-end.ts';
import type { Deed } from './deed.ts';
import type { ForkWait } from './fork.ts';

/** The answer that a deed is to what a flow waits for, at the time `at`; a sentence where it is none. Keys and silence are none by themselves: what comes of them is the capture's. */
export function entryOf(
  deed: Exclude<Deed, { readonly press: string } | { readonly silence: true }>,
  { site, effect }: Decision,
  waits: ForkWait,
  at: number,
): Entry | string {
  if ('hangUp' in deed) return { site, at, ended: true };
  if ('bridge' in deed) {
    const { bridge: outcome, seconds } = deed;
    const value = bridgeResult(seconds === undefined ? outcome : { outcome, duration: seconds });
    return { site, at: at + (value.duration ?? 0) * 1_000, value };
  }
  if ('fails' in deed) return { site, at, error: deed.fails };
  if ('result' in deed) return { site, at, ...deed.result };
  if ('recorded' in deed) return { ...(waits.for === 'value' ? waits.then : null), site, at };
  const classes = effect === null ? [] : answerClasses(effect);
  const known = classes.find(({ label }) => label === deed.example);
  return known === undefined
    ? `There is no example "${deed.example}" at "${site}". There are: ${classes.map(({ label }) => label).join(', ')}.`
    : { site, at, ...known.answer };
}

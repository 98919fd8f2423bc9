import { readJson } from '../arguments/json-loss.ts';
import { FlowResultError } from '../errors/index.ts';
import { type DeclinableRun, type Decline, demandDeclinable } from '../effects/decline.ts';
import { SensitiveValues } from '../flow/sensitive-values.ts';
import { demandTaggable, type SetTags, type TaggedRun, type TagValue } from '../flow/tags.ts';
import type { Decision } from './decision.ts';
import { NOTHING, type Resume } from './frames.ts';
import type { Entry } from './journal.ts';
import { RETURNED } from './walk.ts';

/** Characters of a result as JSON. */
export const MAX_RESULT = 65_536;

/** Levels of a result. */
const MAX_DEPTH = 100;

export const NO_TAGS: Readonly<Record<string, TagValue>> = Object.freeze({});

/** What a flow leaves of its call besides what was said: its tags, and its result. */
export class Noted {
  tags: Readonly<Record<string, TagValue>> = NO_TAGS;
  /** What the flow returned, through JSON; null where it has returned nothing. */
  result: unknown = null;
  resultError: FlowResultError | null = null;
  /** Why the flow has declined its call; null where it has not, or has only ended without a word. */
  declined: string | null = null;
  /** What was answered at sensitive sites: no tag may hold it. */
  sensitive = SensitiveValues.none;

  /** Takes the values of a `set`, or gives the error of those that the flow may not note. */
  set(effect: SetTags, run: TaggedRun): Resume {
    try {
      demandTaggable(effect, run);
    } catch (error) {
      return { how: 'throw', error };
    }
    this.tags = Object.freeze({ ...this.tags, ...effect.values });
    return NOTHING;
  }

  /** Takes the reason of a `decline`: null where the call is declined, else the error of a call that can't be. */
  decline({ reason }: Decline, run: DeclinableRun): Resume | null {
    try {
      demandDeclinable(run);
    } catch (error) {
      return { how: 'throw', error };
    }
    this.declined = reason;
    return null;
  }

  /** Looks at an answer to what was waited for. */
  answered(entry: Entry, effect: Decision['effect']): void {
    const isSensitive = effect !== null && 'sensitive' in effect && effect.sensitive;
    if (isSensitive && 'value' in entry) this.sensitive = this.sensitive.with(entry.value);
  }

  /** Takes what the flow has returned. One that was told to return has nothing to say, unless a `finally` of it does. */
  returned(value: unknown, flow: string): void {
    const isKnown = this.result !== null || this.resultError !== null;
    if (isKnown || value === undefined || value === RETURNED) return;
    const reading = readJson(value);
    if (!reading.ok) {
      const { path, came, fix } = reading.loss;
      this.resultError = new FlowResultError(flow, path, came, fix);
      return;
    }
    const { value: result } = reading;
    if (isDeeper(result, MAX_DEPTH)) {
      this.resultError = new FlowResultError(flow, '$', `nested more than ${MAX_DEPTH} deep`, 'return flatter data');
      return;
    }
    const { length } = JSON.stringify(result);
    if (length > MAX_RESULT) this.resultError = new FlowResultError(flow, '$', `${length} characters long`, `return at most ${MAX_RESULT}`);
    else this.result = result;
  }
}

function isDeeper(value: unknown, most: number): boolean {
  let level: readonly unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > most) return true;
    level = level.flatMap((one): readonly unknown[] => (typeof one === 'object' && one !== null ? Object.values(one) : []));
  }
  return false;
}

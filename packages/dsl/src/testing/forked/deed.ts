import { describeValue } from '../../callflow/describe-value.ts';
import { didYouMean } from '../../callflow/near-miss.ts';
import type { BridgeOutcome } from '../../effects/bridge.ts';
import type { StepFailure } from '../../effects/step.ts';
import { bridgeResult } from '../bridge-end.ts';
import { ForkDeedError } from '../errors/fork-deed-error.ts';
import { PHONE_KEYS } from '../phone-keys.ts';

/** Something that whoever plays a fork does; as plain JSON, so that a fork is the list of what was done in it. */
export type Deed =
  /** Presses keys, one after the other. */
  | { readonly press: string }
  /** Presses nothing until the platform's next timeout: a pause that ends an entry, or a try without one. */
  | { readonly silence: true }
  /** The bridge ends so; `seconds` that were spoken, where it was answered. */
  | { readonly bridge: BridgeOutcome; readonly seconds?: number }
  /** What is waited for comes back with a value; without `value`, with nothing. */
  | { readonly result: { readonly value?: unknown } }
  /** It comes back as it did in the recorded call. */
  | { readonly recorded: true }
  /** It comes back as the example of this name, or as the class of answers that the chart calls so. */
  | { readonly example: string }
  /** The step has failed. */
  | { readonly fails: StepFailure }
  /** The caller hangs up. */
  | { readonly hangUp: true };

/** Deeds of one fork. */
export const MAX_DEEDS = 500;
/** Keys of one deed. */
const MAX_KEYS = 64;
/** Characters of a value's JSON. */
const MAX_VALUE = 65_536;
const MAX_NAME = 200;
const MAX_SECONDS = 86_400;

const KINDS = ['press', 'silence', 'bridge', 'result', 'recorded', 'example', 'fails', 'hangUp'] as const;

/** Reads a list of deeds that came from outside. Throws `ForkDeedError` for what is none. */
export function readDeeds(given: unknown): readonly Deed[] {
  if (!Array.isArray(given))
    throw new ForkDeedError(null, `Deeds are a list, such as [{ "press": "1" }]; this is ${describeValue(given)}.`);
  if (given.length > MAX_DEEDS)
    throw new ForkDeedError(null, `A fork has at most ${MAX_DEEDS} deeds, and these are ${given.length}. Fork the call at a later turn.`);
  return given.map(readDeed);
}

function readDeed(given: unknown, index: number): Deed {
  const wrong = (message: string): never => {
    throw new ForkDeedError(index, `Deed ${index + 1}: ${message}`);
  };
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    return wrong(`it must be an object such as { "press": "1" }; it is ${describeValue(given)}.`);
  const deed = given as Readonly<Record<string, unknown>>;
  const named = Object.keys(deed).filter((name) => name !== 'seconds');
  const [kind = ''] = named;
  const known = KINDS.find((one) => one === kind);
  if (known === undefined || named.length !== 1)
    return wrong(`it has exactly one of ${KINDS.join(', ')}. ${known === undefined && kind !== '' ? didYouMean(kind, KINDS) : ''}`.trim());
  if ('seconds' in deed && known !== 'bridge') return wrong('only a bridge has "seconds".');
  const value = deed[known];
  switch (known) {
    case 'press':
      return isKeys(value) ? { press: value } : wrong(`"press" takes 1 to ${MAX_KEYS} keys of a telephone: 0 to 9, * and #.`);
    case 'silence':
    case 'recorded':
    case 'hangUp':
      return value === true ? (deed as Deed) : wrong(`"${known}" must be true.`);
    case 'bridge':
      return bridge(deed, wrong);
    case 'result':
      return isResult(value) ? { result: value } : wrong('"result" must be { "value": … }, of at most 64 KB, or {} for nothing.');
    case 'example':
      return isName(value) ? { example: value } : wrong('"example" must be the name of an example.');
    case 'fails':
      return isFailure(value) ? { fails: { name: value.name, message: value.message } } : wrong('"fails" must be { "name", "message" }.');
  }
}

function bridge(deed: Readonly<Record<string, unknown>>, wrong: (message: string) => never): Deed {
  const { bridge: outcome, seconds } = deed;
  if (seconds !== undefined && (typeof seconds !== 'number' || !(seconds >= 0 && seconds <= MAX_SECONDS)))
    return wrong('"seconds" must be a number from 0 to 86400.');
  try {
    const result = bridgeResult(
      seconds === undefined ? (outcome as BridgeOutcome) : { outcome: outcome as BridgeOutcome, duration: seconds },
    );
    return { bridge: result.outcome, ...(seconds === undefined ? {} : { seconds }) };
  } catch (error) {
    return wrong((error as Error).message);
  }
}

function isKeys(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value.length > 0 &&
    value.length <= MAX_KEYS &&
    [...value].every((key) => (PHONE_KEYS as readonly string[]).includes(key))
  );
}

function isResult(value: unknown): value is { readonly value?: unknown } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.keys(value).every((name) => name === 'value') && JSON.stringify(value).length <= MAX_VALUE;
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= MAX_NAME;
}

function isFailure(value: unknown): value is StepFailure {
  if (typeof value !== 'object' || value === null) return false;
  const { name, message } = value as Partial<StepFailure>;
  return isName(name) && typeof message === 'string' && message.length <= MAX_VALUE;
}

/** A deed in a few words. */
export function describeDeed(deed: Deed): string {
  if ('press' in deed) return `pressing ${deed.press}`;
  if ('silence' in deed) return 'pressing nothing';
  if ('bridge' in deed) return `end of a bridge (${deed.bridge})`;
  if ('hangUp' in deed) return 'hanging up';
  if ('recorded' in deed) return 'answer of then';
  return 'example' in deed ? `answer "${deed.example}"` : 'fails' in deed ? 'failure' : 'answer';
}

import { didYouMean } from '../../callflow/near-miss.ts';
import type { StartCallOptions } from '../call-options.ts';
import { CallOptionError } from '../errors/call-option-error.ts';

/** Options of `forEveryCall`. */
export interface EveryCallOptions<P = Readonly<Record<string, unknown>>> extends Pick<StartCallOptions<P>, 'mode' | 'platform'> {
  /** How many calls are made, 1 to 1,000,000. @default 100 */
  readonly runs?: number;
  /** How many times a caller does something before hanging up at last, 1 to 1000. @default 40 */
  readonly deeds?: number;
  /** Calls of one seed are the same each time: any integer. @default another one each time, which is printed where a call breaks the rule */
  readonly seed?: number;
  /** The one call that broke the rule, as it is printed with the seed; then it is made at once. */
  readonly path?: string;
  /** Whether a call that breaks the rule is reported as it is, and not made shorter first. @default false */
  readonly endOnFailure?: boolean;
  /** When calls begin, in place of the times of `calls`: ISO 8601 with `Z` or an offset, ms since 1970, a Date, or several of them. @default 2026-01-05T03:00:00Z, a Monday, and the times of the flow's examples */
  readonly at?: StartCallOptions['now'] | readonly NonNullable<StartCallOptions['now']>[];
  /** How calls begin: who calls, params, language, direction, time. One of them is drawn for each call. @default an ordinary call, and one for each example, language and direction of the flow */
  readonly calls?: readonly CallStart<P>[];
  /** What steps may come to, by their names; an `Error` is a failure. Every step may fail besides. @default the examples of each step */
  readonly steps?: Readonly<Record<string, readonly unknown[]>>;
}

/** How a call begins. */
export type CallStart<P = Readonly<Record<string, unknown>>> = Omit<StartCallOptions<P>, 'steps' | 'mode' | 'platform'>;

const OPTIONS = [
  'mode',
  'platform',
  'runs',
  'deeds',
  'seed',
  'path',
  'endOnFailure',
  'at',
  'calls',
  'steps',
] as const satisfies readonly (keyof EveryCallOptions)[];

/** Checks what `startCall` does not check: it gets the rest of each call. Throws `CallOptionError`. */
export function checkEveryCallOptions(options: EveryCallOptions): void {
  if (typeof options !== 'object' || options === null) throw wrong('options', 'must be an object');
  for (const name of Object.keys(options)) {
    if ((OPTIONS as readonly string[]).includes(name)) continue;
    throw new CallOptionError(
      'option',
      `forEveryCall: unknown option "${name}". ${didYouMean(name, OPTIONS)}It is one of: ${OPTIONS.join(', ')}.`,
    );
  }
  const { runs = 1, deeds = 1, seed = 0, path = '', endOnFailure = false, calls = [{}], steps = {} } = options;
  checkInteger('runs', runs, 1, 1_000_000);
  checkInteger('deeds', deeds, 1, 1_000);
  checkInteger('seed', seed, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
  if (typeof path !== 'string') throw wrong('path', "must be a text such as '4:1:0', as it is printed with the seed");
  if (typeof endOnFailure !== 'boolean') throw wrong('endOnFailure', 'must be true or false');
  if (!Array.isArray(calls) || calls.length === 0)
    throw wrong('calls', "must be a list of beginnings such as [{ from: null }]; leave it out for the flow's examples");
  for (const [name, results] of Object.entries(steps)) {
    if (Array.isArray(results) && results.length > 0) continue;
    throw wrong(`steps.${name}`, 'must be a list of results, e.g. [true, false]; leave it out for the examples of the step');
  }
}

function checkInteger(option: string, value: unknown, least: number, most: number): void {
  if (Number.isInteger(value) && (value as number) >= least && (value as number) <= most) return;
  throw wrong(option, least === Number.MIN_SAFE_INTEGER ? 'must be an integer' : `must be an integer from ${least} to ${most}`);
}

function wrong(option: string, says: string): CallOptionError {
  return new CallOptionError(option, `forEveryCall: ${option} ${says}.`);
}

import { optionSet, type Schema, valueThat, withDefaults } from '@hookswitch/dsl/options';
import { silentCaller, type Caller, type CallerLine } from './callers/caller.ts';
import { CALLER } from './call-options.ts';
import { AMOUNT, checkOption } from './check-option.ts';
import { SimulatorOptionError } from './errors/simulator-option-error.ts';
import type { Callee, OutboundCall } from './platform-options.ts';
import { randomFrom } from './random/random.ts';

/** What becomes of a call to somebody. `voicemail`: it is picked up, and nobody says or presses anything. */
export const CALLEE_ACTS = ['answers', 'busy', 'no-answer', 'declines', 'fails', 'no-coverage', 'voicemail'] as const;
export type CalleeAct = (typeof CALLEE_ACTS)[number];

/** How likely each is, 0 to 1; what is left of 1 is `no-answer`. */
export type CalleeRates = Readonly<Partial<Record<CalleeAct, number>>>;

/** Other rates in some hours of the day. */
export interface CalleeHours {
  /** `HH:MM`, this minute included. */
  readonly from: string;
  /** `HH:MM` later on the same day, this minute left out; `24:00` is midnight. */
  readonly to: string;
  readonly rates: CalleeRates;
}

/** Options of `callees`. */
export interface CalleesOptions {
  /** How likely each is. @default all answer */
  readonly rates?: CalleeRates;
  /** Hours in which other rates hold; the first that fits counts. @default none */
  readonly hours?: readonly CalleeHours[];
  /** Time zone by which `hours` are meant: of all, or by number. @default 'UTC' */
  readonly zone?: string | ((number: string) => string);
  /** What becomes of the calls to a number, the first, the second and so on; the last one stays. Whoever is not named goes by the rates. @default none */
  readonly numbers?: Readonly<Record<string, CalleeAct | readonly CalleeAct[]>>;
  /** Who is on the line of those who answer. @default somebody who listens and says nothing */
  readonly caller?: Caller;
  /** How long it rings before anything becomes of a call, ms. @default 3000 */
  readonly ringMs?: number;
  /** After this long a voicemail hangs up, ms. @default 30000 */
  readonly voicemailMs?: number;
  /** What is drawn by. @default 1 */
  readonly seed?: string | number;
}

const TIME: Schema = { type: 'string', pattern: '^([01]\\d|2[0-3]):[0-5]\\d$|^24:00$', 'x-form': 'a time of day as HH:MM' };
const RATE = { type: 'number', minimum: 0, maximum: 1 } as const;
const RATES = optionSet(Object.fromEntries(CALLEE_ACTS.map((act) => [act, RATE])));

/** What `CalleesOptions` holds, with the defaults. */
export const CALLEES = optionSet({
  rates: RATES,
  hours: { type: 'array', items: optionSet({ from: TIME, to: TIME, rates: RATES }, { required: ['from', 'to', 'rates'] }) },
  zone: {
    ...valueThat('a time zone, or a function that gives one', (value) => typeof value === 'function' || isZone(value)),
    default: 'UTC',
  },
  numbers: valueThat(
    `by number one of ${CALLEE_ACTS.join(', ')}, or a list of those that is not empty`,
    (value) => typeof value === 'object' && value !== null && Object.values(value).every(isActs),
  ),
  caller: CALLER,
  ringMs: { ...AMOUNT, default: 3_000 },
  voicemailMs: { ...AMOUNT, default: 30_000 },
  seed: { anyOf: [{ type: 'string' }, { type: 'number' }], default: 1 },
});

/**
 * Who takes outbound calls, by number and by hour: a function for the platform's `onOutbound`. What is drawn for the n-th call to a number depends on the seed, the number and n
 * alone, whatever is called beside it. Throws `SimulatorOptionError`.
 */
export function callees(options: CalleesOptions = {}): (call: OutboundCall) => Callee {
  checkOption('callees', CALLEES, options);
  const { zone, ringMs, voicemailMs, seed } = withDefaults<Required<Pick<CalleesOptions, 'zone' | 'ringMs' | 'voicemailMs' | 'seed'>>>(
    CALLEES,
    options,
  );
  const { rates = { answers: 1 }, hours = [], numbers = {}, caller = silentCaller } = options;
  for (const [what, { from, to, rates: of }] of hours.map((one, index) => [`callees.hours[${index}]`, one] as const)) {
    demandShare(`${what}.rates`, of);
    if (from >= to)
      throw new SimulatorOptionError(`${what}.to`, `must be later than "from" (${from}); it is ${to}. Write two for a night.`);
  }
  demandShare('callees.rates', rates);
  const counts = new Map<string, number>();
  const named = new Map(Object.entries(numbers).map(([number, acts]) => [bare(number), typeof acts === 'string' ? [acts] : acts]));
  const mailbox = voicemail(voicemailMs);
  return ({ to, at }) => {
    const count = counts.get(bare(to)) ?? 0;
    counts.set(bare(to), count + 1);
    const known = named.get(bare(to));
    const time = hours.length === 0 ? '' : timeIn(typeof zone === 'function' ? zone(to) : zone, at);
    const now = hours.find(({ from, to: until }) => from <= time && time < until)?.rates ?? rates;
    const act = known?.[Math.min(count, known.length - 1)] ?? draw(now, randomFrom(seed, bare(to), count).next());
    return act === 'voicemail' ? { party: { ringMs }, caller: mailbox } : { party: { does: act, ringMs }, caller };
  };
}

function draw(rates: CalleeRates, drawn: number): CalleeAct {
  let left = drawn;
  for (const act of CALLEE_ACTS) {
    left -= rates[act] ?? 0;
    if (left < 0) return act;
  }
  return 'no-answer';
}

function voicemail(ms: number): Caller {
  const begin = (line: CallerLine): ReturnType<Caller['begin']> => {
    return ({ type }) => {
      if (type === 'connected') line.after(ms, () => line.hangUp());
    };
  };
  return { name: 'voicemail', begin };
}

function demandShare(what: string, rates: CalleeRates): void {
  const sum = Object.values(rates).reduce((all, rate) => all + rate, 0);
  if (sum > 1 + 1e-9) throw new SimulatorOptionError(what, `add up to ${Number(sum.toFixed(3))}. They must be 1 at most.`);
}

function timeIn(zone: string, at: number): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: zone, hourCycle: 'h23', hour: '2-digit', minute: '2-digit' }).format(at);
}

function isZone(value: unknown): boolean {
  try {
    return typeof value === 'string' && timeIn(value, 0) !== '';
  } catch {
    return false;
  }
}

function isActs(value: unknown): boolean {
  const acts: unknown = Array.isArray(value) && value.length > 0 ? value : [value];
  return (acts as readonly unknown[]).every((act) => CALLEE_ACTS.some((known) => known === act));
}

/** Numbers may be written with or without `+` (U6). */
function bare(number: string): string {
  return number.replace(/^\+/u, '');
}

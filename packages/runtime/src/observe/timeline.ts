import { match, P } from 'ts-pattern';

/** What happened in a call besides its turns and journal, as the timeline keeps it. Texts hold no unmasked numbers or digits. */
export type TimelineEvent =
  /** A status webhook; `webhook` is masked. */
  | { readonly kind: 'status'; readonly status: string; readonly sipCode: number | null; readonly webhook: unknown }
  | { readonly kind: 'recording'; readonly status: string; readonly recordingId: string | null; readonly seconds: number | null }
  /** The session is over; `webhook` is masked. */
  | { readonly kind: 'summary'; readonly status: string; readonly errorCode: number | null; readonly webhook: unknown }
  /** `ms`: all attempts together. */
  | {
      readonly kind: 'step';
      readonly site: string;
      readonly outcome: string;
      readonly ms: number;
      readonly attempts: number;
      readonly error: string | null;
    }
  /** `n`: the n-th in a row, from 1; where the flow waits for a signal at the site `signal`, how many pieces of its hold were played. */
  | { readonly kind: 'hold'; readonly turn: number; readonly n: number; readonly signal?: string }
  /** A signal that came, or did not. */
  | {
      readonly kind: 'signal';
      readonly name: string;
      readonly outcome: 'taken' | 'kept' | 'passed over' | 'timed out' | 'never taken';
    }
  | { readonly kind: 'fallback'; readonly turn: number; readonly reason: string; readonly error: string | null }
  | { readonly kind: 'divergence'; readonly index: number; readonly recorded: string; readonly yielded: string }
  /** A log effect of the flow. */
  | { readonly kind: 'log'; readonly level: string; readonly message: string; readonly data: unknown }
  /** The flow has set tags. */
  | { readonly kind: 'tags'; readonly tags: Readonly<Record<string, string | number>> }
  /** Intake was closed, of the flow or of the number, by whom (the label of a token) and why. */
  | { readonly kind: 'turned-away'; readonly of: 'flow' | 'number'; readonly by: string; readonly reason: string | null }
  | { readonly kind: 'takeover'; readonly turn: number }
  /** The platform ended the session with an error. */
  | { readonly kind: 'error'; readonly code: number | null; readonly rule: string; readonly message: string }
  | { readonly kind: 'outbound'; readonly result: string; readonly code: number | null }
  | { readonly kind: 'ended'; readonly by: 'platform' | 'flow' | 'idle' | 'request' };

export type TimelineKind = TimelineEvent['kind'];

/** An event in the form that a store keeps: `data` is the JSON of all but its kind. */
export interface TimelineRecord {
  /** Milliseconds since 1970, UTC. */
  readonly at: number;
  readonly kind: string;
  readonly data: string;
}

const KINDS = {
  status: true,
  recording: true,
  summary: true,
  step: true,
  hold: true,
  signal: true,
  fallback: true,
  divergence: true,
  log: true,
  tags: true,
  'turned-away': true,
  takeover: true,
  error: true,
  outbound: true,
  ended: true,
} as const satisfies Record<TimelineKind, true>;

/** The row that keeps `event`. */
export function toTimelineRow(at: number, event: TimelineEvent): TimelineRecord {
  const { kind, ...data } = event;
  return { at, kind, data: JSON.stringify(data) };
}

/** The event that a row keeps; null for a row of another version whose kind is not known, or that is damaged. */
export function fromTimelineRow(row: TimelineRecord): TimelineEvent | null {
  if (!Object.hasOwn(KINDS, row.kind)) return null;
  try {
    const data: unknown = JSON.parse(row.data);
    return typeof data === 'object' && data !== null ? ({ ...data, kind: row.kind } as TimelineEvent) : null;
  } catch {
    return null;
  }
}

const SIGNALS = {
  taken: (name) => `Signal ${name}: taken by the flow`,
  kept: (name) => `Signal ${name}: kept until the flow waits for it`,
  'passed over': (name) => `Signal ${name}: passed over, its value does not fit the code of now`,
  'timed out': (name) => `Signal ${name} has not come in time`,
  'never taken': (name) => `Signal ${name}: the call ended before the flow took it`,
} as const satisfies Record<Extract<TimelineEvent, { kind: 'signal' }>['outcome'], (name: string) => string>;

/** One line that says what happened. */
export function describeTimeline(event: TimelineEvent): string {
  return match(event)
    .with({ kind: 'status' }, ({ status, sipCode }) => `Status: ${status}${sip(sipCode)}`)
    .with({ kind: 'recording' }, ({ status, seconds }) => `Recording: ${status}${seconds === null ? '' : `, ${seconds} s`}`)
    .with({ kind: 'summary' }, ({ status, errorCode }) => `Session over: ${status}${errorCode === null ? '' : ` (error ${errorCode})`}`)
    .with(
      { kind: 'step' },
      ({ site, outcome, ms, attempts, error }) =>
        `Step ${site}: ${outcome} after ${ms} ms${attempts > 1 ? `, ${attempts} attempts` : ''}${because(error)}`,
    )
    .with({ kind: 'hold', signal: P.string }, ({ turn, signal }) => `Turn ${turn} plays on while "${signal}" waits for its signal`)
    .with({ kind: 'signal' }, ({ name, outcome }) => SIGNALS[outcome](name))
    .with({ kind: 'hold' }, ({ turn, n }) => `Held turn ${turn}, ${ordinal(n)} time in a row`)
    .with({ kind: 'fallback' }, ({ turn, reason, error }) => `Fallback in turn ${turn}: ${reason}${because(error)}`)
    .with(
      { kind: 'divergence' },
      ({ index, recorded, yielded }) =>
        `Journal and code disagree at entry ${index}: recorded at "${recorded}", the code is at "${yielded}"`,
    )
    .with({ kind: 'log' }, ({ level, message }) => `${level}: ${message}`)
    .with({ kind: 'tags' }, ({ tags }) => `Tags: ${describeTags(tags)}`)
    .with({ kind: 'turned-away' }, ({ of, by, reason }) => `Turned away: intake of this ${of} was closed by ${by}${because(reason)}`)
    .with({ kind: 'takeover' }, ({ turn }) => `Turn ${turn} was taken over: its lease had run out`)
    .with({ kind: 'error' }, ({ code, rule, message }) => `Ended in an error: ${rule}${code === null ? '' : ` (${code})`}. ${message}`)
    .with({ kind: 'outbound' }, ({ result, code }) => `Placing the call: ${result}${code === null ? '' : ` (${code})`}`)
    .with({ kind: 'ended' }, ({ by }) => `Ended by the ${by === 'request' ? 'API' : by === 'idle' ? 'sweeper: nothing came any more' : by}`)
    .exhaustive();
}

/** Tags in one line: `reason: billing, amount: 1250`. */
export function describeTags(tags: Readonly<Record<string, string | number>>): string {
  return Object.entries(tags)
    .map(([name, value]) => `${name}: ${value}`)
    .join(', ');
}

function sip(code: number | null): string {
  return code === null ? '' : ` (SIP ${code})`;
}

function because(error: string | null): string {
  return error === null ? '' : `: ${error}`;
}

function ordinal(n: number): string {
  const suffix = n % 100 >= 11 && n % 100 <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th');
  return `${n}${suffix}`;
}

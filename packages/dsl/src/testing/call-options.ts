import { didYouMean } from '../callflow/near-miss.ts';
import { sampleCall } from '../chart/sample-calls.ts';
import { checkParams, paramsIssueText } from '../flow/call-params.ts';
import type { Call } from '../flow/call.ts';
import { checkedSettingValues } from '../effects/settings.ts';
import type { FlowModule, FlowOptions } from '../flow/flow-options.ts';
import type { AnySettingValues, SettingDeclarations } from '../flow/settings.ts';
import { type CaptureBehaviour, DEFAULT_CAPTURE_BEHAVIOUR } from './capture-behaviour.ts';
import { CallOptionError } from './errors/call-option-error.ts';
import { type Mode, MODES } from './modes.ts';
import type { StepStub } from './step-stubs.ts';

/** Options of `startCall`. */
export interface StartCallOptions<P = Readonly<Record<string, unknown>>> {
  /** Who calls: E.164, with or without `+`; null when withheld (inbound only). @default a number; the flow's own one in an outbound call */
  readonly from?: string | null;
  /** Who is called: E.164, with or without `+`. @default a number; the flow's own one in an inbound call */
  readonly to?: string;
  /** @default 'outbound' where params are given, else 'inbound' */
  readonly direction?: 'inbound' | 'outbound';
  /** The language in which the call begins; one of the flow's voices. @default the flow's */
  readonly language?: string;
  /** What the one who placed an outbound call gave along; checked by the flow's schema. Outbound calls only. @default {} */
  readonly params?: P;
  /** ISO 3166-1 alpha-2 code of the caller's country. @default null, or that of the default number */
  readonly fromCountry?: string | null;
  /** ISO 3166-1 alpha-2 code of the called number's country. @default null, or that of the default number */
  readonly toCountry?: string | null;
  /** What stands in for each step, by its name. A step that runs without is an error. @default {} */
  readonly steps?: Readonly<Record<string, StepStub>>;
  /** What operators have set, by name; what is left out is as the flow declares it. @default {} */
  readonly settings?: AnySettingValues;
  /** When the call begins: ISO 8601 with `Z` or an offset, milliseconds since 1970 UTC, or a Date. @default 2026-01-05T03:00:00Z, a Monday */
  readonly now?: string | number | Date;
  /** How the call stands between two turns; see `MODES`. @default 'live' */
  readonly mode?: Mode;
  /** How the platform behaves where 8x8's documents leave it open. @default DEFAULT_CAPTURE_BEHAVIOUR */
  readonly platform?: Partial<CaptureBehaviour>;
}

const OPTIONS = [
  'from',
  'to',
  'direction',
  'language',
  'params',
  'fromCountry',
  'toCountry',
  'steps',
  'settings',
  'now',
  'mode',
  'platform',
] as const satisfies readonly (keyof StartCallOptions)[];

const E164 = /^\+?[1-9]\d{6,14}$/;
const CALL_ID = 'test-call';
const SESSION_ID = '00000000-0000-4000-8000-000000000000';

/** The call that `options` describe. Throws `CallOptionError` for what no call could be. */
export async function callOf<P>(flow: FlowModule<P>, options: StartCallOptions<P>): Promise<Call> {
  for (const name of Object.keys(options)) oneOf('option', name, OPTIONS);
  for (const name of Object.keys(options.platform ?? {})) oneOf('platform setting', name, Object.keys(DEFAULT_CAPTURE_BEHAVIOUR));
  if (options.mode !== undefined) oneOf('mode', options.mode, MODES);
  const direction = options.direction ?? (options.params === undefined ? 'inbound' : 'outbound');
  oneOf('direction', direction, ['inbound', 'outbound']);
  const outbound = direction === 'outbound';
  const sample = sampleCall(flow.options as unknown as FlowOptions);
  const [person, service] = [
    { number: sample.from, country: sample.fromCountry },
    { number: sample.to, country: sample.toCountry },
  ];
  const from = party('from', options.from, options.fromCountry, outbound ? service : person);
  const to = party('to', options.to, options.toCountry, outbound ? person : service);
  if (outbound && from.number === null)
    throw new CallOptionError(
      'from',
      'startCall: an outbound call comes from a virtual number of yours; from can not be withheld (null) there.',
    );
  return sampleCall(flow.options as unknown as FlowOptions, {
    id: CALL_ID,
    sessionId: outbound ? null : SESSION_ID,
    direction,
    from: from.number,
    to: to.number as string,
    fromCountry: from.country,
    toCountry: to.country,
    language: languageOf(flow.options, options.language),
    startedAt: timeOf(options.now, sample.startedAt),
    params: await paramsOf(flow.options, options.params, outbound),
  });
}

/** What operators have set in a test call. Throws `CallOptionError` for what the flow does not declare, and for what can't be set. */
export function settingsOf<P>({ options: { name, settings } }: FlowModule<P>, given: AnySettingValues = {}): AnySettingValues {
  if (typeof given !== 'object' || (given as object | null) === null)
    throw new CallOptionError('settings', 'startCall: settings must be an object of values by name, e.g. { closedToday: true }.');
  if (settings === null && Object.keys(given).length > 0)
    throw new CallOptionError('settings', `startCall: flow "${name}" has no settings; leave them out, or declare them with settings(…).`);
  return checkedSettingValues(
    (settings?.declared ?? {}) as SettingDeclarations,
    given,
    (place, { says, came, fix }) => new CallOptionError(`settings${place}`, `startCall: settings${place} ${says}; got ${came}. ${fix}`),
  );
}

function oneOf(option: string, value: unknown, known: readonly string[]): void {
  if (known.includes(value as string)) return;
  const word = typeof value === 'string' ? value : typeof value;
  throw new CallOptionError(option, `startCall: unknown ${option} "${word}". ${didYouMean(word, known)}It is one of: ${known.join(', ')}.`);
}

interface Party {
  readonly number: string | null;
  readonly country: string | null;
}

function party(option: 'from' | 'to', number: string | null | undefined, country: string | null | undefined, usual: Party): Party {
  if (number === undefined) return { number: usual.number, country: country === undefined ? usual.country : country };
  const withheld = number === null && option === 'from';
  if (!withheld && (typeof number !== 'string' || !E164.test(number))) {
    throw new CallOptionError(
      option,
      `startCall: ${option} must be a number in E.164 form, 7 to 15 digits with or without "+"${option === 'from' ? ', or null when withheld' : ''}.`,
    );
  }
  return { number, country: country ?? null };
}

function languageOf<P>(options: FlowOptions<P>, language: string | undefined): string | null {
  if (language === undefined) return options.language;
  const known = Object.keys(options.voices).filter(Boolean);
  if (known.includes(language)) return language;
  const have = known.length === 0 ? 'speaks one language only; leave language out' : `speaks: ${known.join(', ')}`;
  throw new CallOptionError(
    'language',
    `startCall: unknown language "${language}". ${didYouMean(language, known)}Flow "${options.name}" ${have}.`,
  );
}

function timeOf(now: StartCallOptions['now'], usual: number): number {
  if (now === undefined) return usual;
  // Without an offset the machine's own zone would decide.
  const zoned = typeof now !== 'string' || /^\d{4}-\d{2}-\d{2}$|(?:Z|[+-]\d{2}:?\d{2})$/i.test(now);
  const time = typeof now === 'string' ? Date.parse(now) : Number(now);
  if (zoned && Number.isFinite(time)) return time;
  throw new CallOptionError(
    'now',
    `startCall: now must be ISO 8601 with "Z" or an offset (2026-01-05T09:00:00+08:00), milliseconds since 1970, or a Date; got ${typeof now === 'string' ? `"${now}"` : String(now)}.`,
  );
}

async function paramsOf<P>(options: FlowOptions<P>, params: P | undefined, outbound: boolean): Promise<Call['params']> {
  if (!outbound) {
    if (params === undefined) return {};
    throw new CallOptionError('params', 'startCall: only outbound calls have params; leave them out, or set direction: "outbound".');
  }
  const given = params ?? ({} as P);
  const checked = await checkParams(options.params, given);
  if ('params' in checked) return checked.params;
  throw new CallOptionError(
    'params',
    `startCall: params don't fit the schema of flow "${options.name}": ${checked.issues.map(paramsIssueText).join('; ')}.`,
  );
}

import { FUNCTION, optionSet, orNull, valueThat, withDefaults } from '@hookswitch/dsl/options';
import { CALLER, THINKING } from './call-options.ts';
import { AMOUNT, checkOption } from './check-option.ts';
import { BEHAVIOUR, readBehaviour, type Behaviour, type BehaviourOptions } from './behaviour.ts';
import type { Caller } from './callers/caller.ts';
import { PARTY, readParty, type FullParty, type Party } from './callers/party.ts';
import { CHAOS, readChaos, type ChaosOptions, type ChaosSettings } from './chaos/chaos-options.ts';
import type { Clock } from './clock/clock.ts';
import { realClock } from './clock/real-clock.ts';
import { virtualClock } from './clock/virtual-clock.ts';
import type { VirtualNumber } from './registry/number-pool.ts';
import type { SpeechProfile } from './registry/voices.ts';
import type { WebhookUrls } from './registry/webhooks.ts';
import { ERROR_CODES, type ErrorCode } from './rules/status-codes.ts';
import type { Holds } from './session/context.ts';

/** An outbound call, as whoever it is for learns of it. */
export interface OutboundCall {
  readonly sessionId: string;
  readonly from: string;
  readonly to: string;
  readonly clientRequestId: string | null;
  /** When it is to be started, ms since 1970 by the platform's clock. */
  readonly at: number;
}

/** Who takes an outbound call: whether and when the telephone is answered, and by whom. */
export interface Callee {
  readonly party?: Party;
  /** The request is refused, and no session begins: 8x8's status code, e.g. -1014, or an HTTP status of 400 to 599, e.g. 429. @default none */
  readonly refusal?: number;
  /** The session begins, and ends with `ERROR` and this code before anything rings, e.g. -2010. @default none */
  readonly error?: ErrorCode;
  /** Who is on the line then; `person` is driven through the session. @default somebody who listens and says nothing */
  readonly caller?: Caller | 'person';
  /** What the call is called; ids, chaos and random walks are drawn by it. @default `outbound-` and a count */
  readonly name?: string;
  /** How long whoever is called thinks before a key is pressed, ms. @default 1000 */
  readonly thinkMs?: number;
  /** Whether always as long, or exponentially distributed around it. @default 'fixed' */
  readonly thinking?: 'fixed' | 'exponential';
  /** @default as the platform's `keepEvents` */
  readonly keepEvents?: boolean;
}

/** Options of `createPlatform`. */
export interface PlatformOptions {
  /** 3 to 50 of `A-Za-z0-9-._&`. @default 'simulated' */
  readonly subAccountId?: string;
  /** Where webhooks go: one URL for all types, or one per type. More can be registered through the REST API. @default none */
  readonly webhookUrls?: WebhookUrls;
  /** What those webhooks carry as `Authorization`. @default none */
  readonly httpAuthHeader?: string | null;
  /** API keys that the REST API accepts as bearer tokens. @default any that isn't empty */
  readonly apiKeys?: readonly string[] | null;
  /** Real time, virtual time (each session's passes as fast as the server answers), or a clock of your own. @default 'real' */
  readonly clock?: 'real' | 'virtual' | Clock;
  /** How the platform behaves where 8x8's documents leave it open. */
  readonly behaviour?: BehaviourOptions;
  /** What goes wrong, and how often. @default nothing */
  readonly chaos?: ChaosOptions;
  /** Equal seeds give equal ids, chaos and random walks, call by call. @default drawn at random; see `platform.seed` */
  readonly seed?: string | number;
  /** Goes into the ids beside the seed: two runs of one seed against one server need different ones, or the second run's calls are duplicates of the first's. @default '' */
  readonly idSalt?: string;
  /** Virtual numbers of the subaccount; callflows may name no other source. @default every number is one */
  readonly numbers?: readonly (string | VirtualNumber)[];
  /** Voice profiles of the account. @default every name that looks like one */
  readonly voices?: readonly (string | SpeechProfile)[];
  /** What the second party of a bridge does; `call` is the name of the call. @default it answers after 3 s and speaks for 20 s */
  readonly parties?: Party | ((destination: string, sessionId: string, call: string) => Party);
  /** Who takes outbound calls. @default it is answered as `parties` says, by somebody who listens and says nothing */
  readonly onOutbound?: (call: OutboundCall) => Callee;
  /** Which answers only buy time. @default none */
  readonly holds?: Holds;
  /** Whether `session.events` keeps all events. @default true */
  readonly keepEvents?: boolean;
  /** How many closed sessions and how many faults are remembered. @default 1000 */
  readonly remember?: number;
  /** How many webhooks are under way at once, at most, per host. @default 256 */
  readonly connections?: number;
}

/** `PlatformOptions`, complete. */
export interface PlatformSettings {
  readonly subAccountId: string;
  readonly webhookUrls: WebhookUrls;
  readonly httpAuthHeader: string | null;
  readonly apiKeys: readonly string[] | null;
  readonly clock: Clock;
  readonly behaviour: Behaviour;
  readonly chaos: ChaosSettings | null;
  readonly seed: string;
  readonly idSalt: string;
  readonly numbers: readonly (string | VirtualNumber)[] | null;
  readonly voices: readonly (string | SpeechProfile)[] | null;
  readonly partyAt: (destination: string, sessionId: string, call: string) => FullParty;
  readonly onOutbound: (call: OutboundCall) => Callee;
  readonly holds: Holds | null;
  readonly keepEvents: boolean;
  readonly remember: number;
  readonly connections: number;
}

/** What `Callee` holds, with the defaults. */
export const CALLEE = optionSet({
  party: PARTY,
  refusal: {
    anyOf: [
      { type: 'integer', minimum: -1_999, maximum: -1_001 },
      { type: 'integer', minimum: 400, maximum: 599 },
    ],
    'x-form': 'a status code of 8x8 (-1999 to -1001), or an HTTP status (400 to 599)',
  },
  error: { enum: ERROR_CODES },
  caller: { anyOf: [{ const: 'person' }, CALLER], 'x-form': "a caller, or 'person'" },
  name: { type: 'string' },
  ...THINKING,
});

const list = valueThat('a list', Array.isArray);
const object = valueThat('an object', (value) => typeof value === 'object' && value !== null);

/** What `PlatformOptions` holds, with the defaults. */
export const PLATFORM_OPTIONS = optionSet({
  subAccountId: {
    ...{ type: 'string', pattern: '^[A-Za-z0-9\\-._&]{3,50}$', default: 'simulated' },
    'x-form': '3 to 50 letters, digits or any of - . _ &',
  },
  webhookUrls: valueThat('a URL, or one per type', (value) => typeof value === 'string' || (typeof value === 'object' && value !== null)),
  httpAuthHeader: orNull({ type: 'string', 'x-secret': true }),
  apiKeys: orNull({ type: 'array', items: { type: 'string' }, 'x-secret': true }),
  clock: { anyOf: [{ enum: ['real', 'virtual'] }, object], default: 'real', 'x-form': "'real', 'virtual' or a clock" },
  behaviour: BEHAVIOUR,
  chaos: CHAOS,
  seed: { anyOf: [{ type: 'string' }, { type: 'number' }] },
  idSalt: { type: 'string', default: '' },
  numbers: list,
  voices: list,
  parties: { anyOf: [PARTY, FUNCTION], 'x-form': 'a party, or a function that gives one' },
  onOutbound: FUNCTION,
  holds: object,
  keepEvents: { type: 'boolean', default: true },
  remember: { ...AMOUNT, default: 1_000 },
  connections: { type: 'number', minimum: 1, default: 256 },
});

type Given = PlatformOptions &
  Required<Pick<PlatformOptions, 'subAccountId' | 'clock' | 'idSalt' | 'keepEvents' | 'remember' | 'connections'>>;

/** Completes and checks `options`. Throws `SimulatorOptionError`. */
export function readPlatformOptions(options: PlatformOptions): PlatformSettings {
  checkOption('', PLATFORM_OPTIONS, options);
  const given = withDefaults<Given>(PLATFORM_OPTIONS, options);
  const { clock, parties = {} } = given;
  return {
    subAccountId: given.subAccountId,
    webhookUrls: given.webhookUrls ?? {},
    httpAuthHeader: given.httpAuthHeader ?? null,
    apiKeys: given.apiKeys ?? null,
    clock: clock === 'real' ? realClock() : clock === 'virtual' ? virtualClock() : clock,
    behaviour: readBehaviour(given.behaviour),
    chaos: readChaos(given.chaos),
    seed: String(given.seed ?? Math.floor(Math.random() * 1e9)),
    idSalt: given.idSalt,
    numbers: given.numbers ?? null,
    voices: given.voices ?? null,
    partyAt: (destination, sessionId, call) => readParty(typeof parties === 'function' ? parties(destination, sessionId, call) : parties),
    onOutbound: given.onOutbound ?? (() => ({})),
    holds: given.holds ?? null,
    keepEvents: given.keepEvents,
    remember: given.remember,
    connections: given.connections,
  };
}

import { readBehaviour, type Behaviour, type BehaviourOptions } from './behaviour.ts';
import type { Caller } from './callers/caller.ts';
import { readParty, type FullParty, type Party } from './callers/party.ts';
import { readChaos, type ChaosOptions, type ChaosSettings } from './chaos/chaos-options.ts';
import type { Clock } from './clock/clock.ts';
import { realClock } from './clock/real-clock.ts';
import { virtualClock } from './clock/virtual-clock.ts';
import { SimulatorOptionError } from './errors/simulator-option-error.ts';
import { needChoice, needNumber, refuseUnknownKeys } from './options-check.ts';
import type { VirtualNumber } from './registry/number-pool.ts';
import type { SpeechProfile } from './registry/voices.ts';
import type { WebhookUrls } from './registry/webhooks.ts';
import type { Holds } from './session/context.ts';

/** An outbound call, as whoever it is for learns of it. */
export interface OutboundCall {
  readonly sessionId: string;
  readonly from: string;
  readonly to: string;
  readonly clientRequestId: string | null;
}

/** Who takes an outbound call: whether and when the telephone is answered, and by whom. */
export interface Callee {
  readonly party?: Party;
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

const KNOWN: readonly (keyof PlatformOptions)[] = [
  'subAccountId',
  'webhookUrls',
  'httpAuthHeader',
  'apiKeys',
  'clock',
  'behaviour',
  'chaos',
  'seed',
  'idSalt',
  'numbers',
  'voices',
  'parties',
  'onOutbound',
  'holds',
  'keepEvents',
  'remember',
  'connections',
];

/** Completes and checks `options`. Throws `SimulatorOptionError`. */
export function readPlatformOptions(options: PlatformOptions): PlatformSettings {
  refuseUnknownKeys('', options, KNOWN);
  const subAccountId = options.subAccountId ?? 'simulated';
  if (!/^[A-Za-z0-9\-._&]{3,50}$/u.test(subAccountId))
    throw new SimulatorOptionError('subAccountId', 'must be 3 to 50 letters, digits or any of - . _ &');
  const { parties = {}, remember = 1_000, connections = 256, clock = 'real' } = options;
  if (typeof parties !== 'function') readParty(parties);
  if (typeof clock === 'string') needChoice('clock', clock, ['real', 'virtual']);
  needNumber('remember', remember, 0);
  needNumber('connections', connections, 1);
  return {
    subAccountId,
    webhookUrls: options.webhookUrls ?? {},
    httpAuthHeader: options.httpAuthHeader ?? null,
    apiKeys: options.apiKeys ?? null,
    clock: clock === 'real' ? realClock() : clock === 'virtual' ? virtualClock() : clock,
    behaviour: readBehaviour(options.behaviour),
    chaos: readChaos(options.chaos),
    seed: String(options.seed ?? Math.floor(Math.random() * 1e9)),
    idSalt: options.idSalt ?? '',
    numbers: options.numbers ?? null,
    voices: options.voices ?? null,
    partyAt: (destination, sessionId, call) => readParty(typeof parties === 'function' ? parties(destination, sessionId, call) : parties),
    onOutbound: options.onOutbound ?? (() => ({})),
    holds: options.holds ?? null,
    keepEvents: options.keepEvents ?? true,
    remember,
    connections,
  };
}

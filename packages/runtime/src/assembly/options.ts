import { FUNCTION, optionSet, valueThat, withDefaults } from '@hookswitch/dsl/options';
import type { CallRecord, Store } from '../store/store.ts';
import type { CallStatusWebhook, NumberWebhook, RecordingWebhook, SessionSummaryWebhook } from '../payloads/webhook.ts';
import type { ChooseFlow, FlowSource } from '../routing/flow-router.ts';
import type { Rehearsal } from '../calls/rehearsal.ts';
import type { FallbackReason, SessionSettings } from '../calls/settings.ts';
import type { EndedCall } from '../calls/ended-call.ts';
import type { PlatformFetch } from '../platform/index.ts';
import type { ApiToken } from '../security/api-tokens.ts';
import type { Clock } from '../clock.ts';
import { SESSION_OPTIONS } from './session-options.ts';

/** Typed places to be told what happens. Each may be async; what one throws is logged, and nothing else stops. */
export interface Hooks {
  /**
   * A call has ended, one that was placed and never answered included; a call that 8x8 refused to place has not. Called until it has returned once, with the same idempotency key each time: a call that throws, or has not returned within 30 s, is
   * made again after 5 s, 10 s, 20 s … 10 minutes.
   */
  readonly onEnd?: (call: EndedCall) => void | Promise<void>;
  /** A recording is available, or is not (VRU). */
  readonly onRecording?: (recording: RecordingWebhook, call: CallRecord | null) => void | Promise<void>;
  /** Progress of a call (VCS): best effort, in any order. */
  readonly onStatus?: (status: CallStatusWebhook, call: CallRecord | null) => void | Promise<void>;
  /** The inventory of numbers changed (VNU). */
  readonly onNumberUpdate?: (update: NumberWebhook) => void | Promise<void>;
  /** A summary of a session that is not known. */
  readonly onUnknownSession?: (summary: SessionSummaryWebhook) => void | Promise<void>;
  /** A caller heard the fallback: page someone. */
  readonly onFallback?: (call: CallRecord | null, reason: FallbackReason, error: unknown) => void | Promise<void>;
  /** A flow threw, a call diverged from its code, 8x8 ended a session with an error (`SessionError`), `onEnd` or the store failed: page someone. */
  readonly onError?: (error: unknown, call: CallRecord | null) => void | Promise<void>;
}

/** A subaccount of 8x8 that calls are placed with. */
export interface SubAccountOptions {
  /** `^[A-Za-z0-9\-._&]{3,50}$`. */
  readonly id: string;
  /** For the REST API; keep it in the environment. */
  readonly apiKey: string;
}

/** Options of a Hookswitch server, and of the Fastify plugin. */
export interface HookswitchOptions {
  readonly flows: readonly FlowSource[];
  /** Chooses flows by code before numbers and subaccounts decide. @default none */
  readonly chooseFlow?: ChooseFlow;
  /** A store, or `memory`, `sqlite:FILE`, `postgres://…`. @default 'sqlite:.hookswitch/calls.db' */
  readonly store?: Store | string;
  /** What 8x8 sends as `Authorization` with its webhooks; several while one is being exchanged. Required unless `allowUnverified`. */
  readonly webhookSecrets?: readonly string[];
  /** Accept webhooks from anybody: for development on loopback only. @default false */
  readonly allowUnverified?: boolean;
  /** In addition to the secret: addresses and CIDRs that webhooks may come from. `'8x8'` stands for the addresses that 8x8 publishes. @default none */
  readonly allowedAddresses?: readonly string[] | '8x8';
  /**
   * Bearer tokens for the API, `/metrics` and the console, which are closed without any: `{ token, label, role }`, or the same as a text `label:role:token`. A bare token has the
   * role `admin`, and the label `token-1`, with its place in the list.
   */
  readonly apiTokens?: readonly (string | ApiToken)[];
  /** Days that the audit list is kept, from 1. @default 365 */
  readonly auditDays?: number;
  /** Entries of the audit list that are kept at most, the newest; refused requests are counted apart. From 1. @default 100000 */
  readonly auditRows?: number;
  /** Days that insights are kept, from 1, whatever becomes of the calls that they count. @default 400 */
  readonly insightDays?: number;
  /** Keys that encrypt what is sensitive: base64 of 32 bytes each, comma separated; the first seals, all open. */
  readonly dataKeys?: string;
  readonly subAccounts?: readonly SubAccountOptions[];
  /** Where the server is reached from outside, e.g. `https://ivr.example.com`. */
  readonly publicUrl?: string;
  /** The REST API. @default 'https://voice.8x8.com' */
  readonly platformUrl?: string;
  readonly platformFetch?: PlatformFetch;
  readonly sessions?: Partial<SessionSettings>;
  readonly hooks?: Hooks;
  /** Show numbers in logs and lists as they are. @default false */
  readonly showNumbers?: boolean;
  /** Milliseconds between two rounds of the sweeper. @default 5000 */
  readonly sweepEvery?: number;
  /** Bytes of a webhook. @default 1048576 */
  readonly bodyLimit?: number;
  /** Memory, processor time and event loop delay of the process in `/metrics`. @default false in the plugin, true in `hookswitch start` */
  readonly processMetrics?: boolean;
  /**
   * From its abort on `/ready` says no, while webhooks are answered as before: abort it, wait until your balancer has turned to other servers, and close your Fastify
   * server then. `runServer` and `hookswitch start` do it themselves. @default none: `/ready` says no from the moment on that Fastify closes
   */
  readonly retiring?: AbortSignal;
  /** Log lines that could not be written, for `/metrics`; `createApp` knows it. @default none are counted: the log is the host's */
  readonly droppedLogLines?: () => number;
  readonly clock?: Clock;
  /** Makes simulated calls go the same way each time; `hookswitch simulate` uses it. @default none: calls are real */
  readonly rehearsal?: Rehearsal;
}

/** The keys of `Hooks`. */
export const HOOKS = optionSet({
  onEnd: FUNCTION,
  onRecording: FUNCTION,
  onStatus: FUNCTION,
  onNumberUpdate: FUNCTION,
  onUnknownSession: FUNCTION,
  onFallback: FUNCTION,
  onError: FUNCTION,
});

/** What `SubAccountOptions` holds. */
export const SUBACCOUNT = optionSet(
  {
    id: { type: 'string', pattern: '^[A-Za-z0-9\\-._&]{3,50}$', 'x-form': '3..50 letters, digits, "-", ".", "_" or "&"' },
    apiKey: { type: 'string', pattern: '\\S', 'x-form': 'the key of this subaccount', 'x-secret': true },
  },
  { required: ['id', 'apiKey'], 'x-form': '{ id, apiKey }' },
);

const TEXTS = { type: 'array', items: { type: 'string', pattern: '\\S' }, 'x-form': 'a list of texts' } as const;
const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;

/** What `HookswitchOptions` holds, with the defaults. */
export const HOOKSWITCH_OPTIONS = optionSet(
  {
    flows: valueThat('a list of flows or routes: flows: [flow]', Array.isArray),
    chooseFlow: FUNCTION,
    store: valueThat('memory, sqlite:FILE, postgres://…, or a store of your own', (value) => typeof value === 'string' || isObject(value), {
      default: 'sqlite:.hookswitch/calls.db',
      'x-secret': true,
    }),
    webhookSecrets: { ...TEXTS, 'x-secret': true },
    allowUnverified: { type: 'boolean', default: false },
    allowedAddresses: { anyOf: [{ const: '8x8' }, TEXTS], 'x-form': "'8x8' or a list of addresses" },
    apiTokens: valueThat('a list of tokens', Array.isArray, { 'x-secret': true }),
    auditDays: { type: 'integer', minimum: 1, maximum: 36_500, default: 365 },
    auditRows: { type: 'integer', minimum: 1, maximum: 10_000_000, default: 100_000 },
    insightDays: { type: 'integer', minimum: 1, maximum: 36_500, default: 400 },
    dataKeys: { type: 'string', 'x-secret': true },
    subAccounts: { type: 'array', items: SUBACCOUNT, 'x-form': 'a list of { id, apiKey }', 'x-secret': true },
    publicUrl: valueThat('an http or https URL without ? and #', isWebUrl),
    platformUrl: valueThat('an http or https URL without ? and #', isWebUrl, { default: 'https://voice.8x8.com' }),
    platformFetch: FUNCTION,
    sessions: SESSION_OPTIONS,
    hooks: HOOKS,
    showNumbers: { type: 'boolean', default: false },
    sweepEvery: { type: 'integer', minimum: 1, default: 5_000, 'x-form': 'milliseconds, a whole number from 1' },
    bodyLimit: { type: 'integer', minimum: 1, default: 1_048_576 },
    processMetrics: { type: 'boolean', default: false },
    retiring: valueThat('an AbortSignal', (value) => value instanceof AbortSignal),
    droppedLogLines: FUNCTION,
    clock: valueThat('a clock with now() and timer()', isObject),
    rehearsal: valueThat('a rehearsal', isObject),
  },
  { required: ['flows'] },
);

/** Settings of sessions, with their defaults. */
export const DEFAULT_SETTINGS: SessionSettings = Object.freeze(withDefaults<SessionSettings>(SESSION_OPTIONS, {}));

function isWebUrl(value: unknown): boolean {
  if (typeof value !== 'string' || !URL.canParse(value)) return false;
  const { protocol, search, hash, username, password } = new URL(value);
  return /^https?:$/.test(protocol) && [search, hash, username, password].every((part) => part === '');
}

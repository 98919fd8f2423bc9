import { kindOfEvent, type WebhookKind } from './kinds.ts';
import { readNumberUpdate } from './number-update.ts';
import { readSummary } from './session-summary.ts';
import {
  asJsonObject,
  asText,
  type FieldReader,
  isJsonObject,
  type JsonObject,
  readFields,
  readParties,
  readSeconds,
  readSipCode,
  readTime,
} from './values.ts';
import type { CallActionWebhook, CallStatusWebhook, Dtmf, RecordingWebhook, Webhook } from './webhook.ts';

/** Why a body is not understood. */
export type UnreadableReason =
  /** Not a JSON object, nor the text of one. */
  | 'not-an-object'
  /** The path names no kind, and neither does `eventType`. */
  | 'unknown-kind'
  /** What the server can't do without is not there: see `missing`. */
  | 'missing-field'
  /** Reading it threw, which JSON can't do. */
  | 'unreadable';

/** A body that is not understood, with what could be read of it. */
export interface UnreadableWebhook {
  readonly ok: false;
  readonly reason: UnreadableReason;
  /** The kind that it was read as, or null. */
  readonly kind: WebhookKind | null;
  /** Names of the fields that are missing or can't be used. */
  readonly missing: readonly string[];
  readonly eventType: string | null;
  readonly subAccountId: string | null;
  readonly sessionId: string | null;
  readonly raw: unknown;
}

export type ParsedWebhook = { readonly ok: true; readonly webhook: Webhook } | UnreadableWebhook;

/** Settings of `parseWebhook`. */
export interface ParseOptions {
  /** Stands in where a webhook names no subaccount, for servers that have one only. @default null: a webhook must name it */
  readonly subAccountId?: string | null;
}

/**
 * Understands a webhook of 8x8 in every plausible variant of its documents: keys in any case, numbers as texts and texts as numbers, null or missing fields,
 * payload as JSON text, payload missing (its fields at the top), fields that nobody knows. Never throws, whatever the body is.
 *
 * `kindFromPath` decides what it is read as; null leaves it to `eventType`. Required are the ids of subaccount and session only (`vru`: session; `vnu`: nothing).
 */
export function parseWebhook(body: unknown, kindFromPath: WebhookKind | null, options: ParseOptions = {}): ParsedWebhook {
  const failed = (reason: UnreadableReason, found: Partial<UnreadableWebhook> = {}): UnreadableWebhook => ({
    ok: false,
    reason,
    kind: kindFromPath,
    missing: [],
    eventType: null,
    subAccountId: null,
    sessionId: null,
    raw: body,
    ...found,
  });
  try {
    const envelope = asJsonObject(body);
    return envelope === null ? failed('not-an-object') : parseEnvelope(envelope, body, kindFromPath, options.subAccountId ?? null, failed);
  } catch {
    return failed('unreadable');
  }
}

function parseEnvelope(
  envelope: JsonObject,
  raw: unknown,
  kindFromPath: WebhookKind | null,
  defaultSubAccount: string | null,
  failed: (reason: UnreadableReason, found: Partial<UnreadableWebhook>) => UnreadableWebhook,
): ParsedWebhook {
  const fields = readFields(readFields(envelope).object('payload'), envelope);
  const eventType = asText(readFields(envelope).value('eventType')) ?? fields.text('eventType');
  const kind = kindFromPath ?? kindOfEvent(eventType, fields.word('callStatus')) ?? (eventType === null ? kindByShape(fields) : null);
  const ids = { subAccountId: fields.text('subAccountId') ?? defaultSubAccount, sessionId: fields.text('sessionId') };
  if (kind === null) return failed('unknown-kind', { eventType, ...ids });

  const missing = REQUIRED[kind].filter((name) => ids[name] === null);
  if (missing.length > 0) return failed('missing-field', { kind, missing, eventType, ...ids });
  const identity: Identity = { eventType, raw, subAccountId: ids.subAccountId ?? '', sessionId: ids.sessionId ?? '' };
  return { ok: true, webhook: READERS[kind](fields, identity) };
}

const REQUIRED = {
  vca: ['subAccountId', 'sessionId'],
  vss: ['subAccountId', 'sessionId'],
  vcs: ['subAccountId', 'sessionId'],
  vru: ['sessionId'],
  vnu: [],
} as const satisfies Record<WebhookKind, readonly ('subAccountId' | 'sessionId')[]>;

/** What is known before the payload is read. */
interface Identity {
  readonly eventType: string | null;
  readonly raw: unknown;
  readonly subAccountId: string;
  readonly sessionId: string;
}

const READERS: Readonly<Record<WebhookKind, (fields: FieldReader, identity: Identity) => Webhook>> = {
  vca: readCallAction,
  vss: (fields, identity) => ({ kind: 'vss', ...identity, ...readSummary(fields) }),
  vcs: readCallStatus,
  vru: readRecording,
  vnu: (fields, { eventType, raw, subAccountId }) => ({
    kind: 'vnu',
    eventType,
    raw,
    subAccountId: subAccountId === '' ? null : subAccountId,
    ...readNumberUpdate(fields),
  }),
};

/** Without any `eventType`, by what only one kind has. `CALL_RECEIVED` is read as a call action: a caller may be waiting for the answer. */
function kindByShape(fields: FieldReader): WebhookKind | null {
  if (fields.value('sessionStatus') !== undefined) return 'vss';
  if (fields.value('recordingId') !== undefined) return 'vru';
  const callStatus = fields.word('callStatus');
  return callStatus === 'ACTION_COMPLETED' || callStatus === 'CALL_RECEIVED' ? 'vca' : null;
}

function readCallAction(fields: FieldReader, identity: Identity): CallActionWebhook {
  return readMoment('vca', fields, identity);
}

function readCallStatus(fields: FieldReader, identity: Identity): CallStatusWebhook {
  return readMoment('vcs', fields, identity);
}

/** One literal, field by field: spreading its parts takes ten times as long as reading them. */
function readMoment<Kind extends 'vca' | 'vcs'>(kind: Kind, fields: FieldReader, { eventType, raw, subAccountId, sessionId }: Identity) {
  const { direction, callType, from, to, fromCountry, toCountry } = readParties(fields);
  return {
    kind,
    eventType,
    raw,
    subAccountId,
    sessionId,
    legCallId: fields.text('callId'),
    eventId: fields.text('eventId'),
    callStatus: fields.word('callStatus') ?? 'UNKNOWN',
    direction,
    callType,
    from,
    to,
    fromCountry,
    toCountry,
    at: readTime(fields.value('timestamp')),
    dtmf: readDtmf(fields),
    asrCaptured: readAsrCaptured(fields),
    sipCode: readSipCode(fields.value('sipCode')),
    callDuration: readSeconds(fields.value('callDuration')),
    clientActionId: fields.text('clientActionId', 1_024),
  };
}

function readRecording(fields: FieldReader, identity: Identity): RecordingWebhook {
  return {
    kind: 'vru',
    ...identity,
    subAccountId: identity.subAccountId === '' ? null : identity.subAccountId,
    recordingId: fields.text('recordingId'),
    durationSeconds: readSeconds(fields.value('durationSeconds')),
    filePath: fields.text('filePath', 4_096),
    status: fields.word('status') ?? 'UNKNOWN',
  };
}

/** Keys that are read; a capture allows 25, and an author must be able to tell "too long" from "right". */
export const MAX_KEYS = 64;
/** Characters of speech that are read. */
const MAX_SPEECH = 4_096;

const KEYS = /^[0-9*#A-D]*$/;
const NOTHING: Dtmf = Object.freeze({ digits: null, problem: null });
const NOT_DTMF: Dtmf = Object.freeze({ digits: null, problem: 'not-dtmf' });

/**
 * What a caller pressed, wherever the webhook has it: `eventData.dtmf`, `eventData` as text (keys, or JSON), or `dtmf` beside it.
 * Null and absent are "nothing was pressed"; `""` and `"#"` are "only `#` was"; one closing `#` is dropped.
 */
export function readDtmf(payload: FieldReader): Dtmf {
  const eventData = payload.value('eventData');
  const inside = objectOf(eventData);
  if (inside !== null) return normalise(readFields(inside).value('dtmf') ?? payload.value('dtmf'));
  const plain = fromText(eventData);
  // A text that is no keys is some other news of the event, e.g. `TIMEOUT`.
  return plain.digits === null ? normalise(payload.value('dtmf')) : plain;
}

/** What the platform heard a caller say, where it listens for speech: `eventData.asrCaptured`, or `asrCaptured` beside it. */
export function readAsrCaptured(payload: FieldReader): string | null {
  const inside = objectOf(payload.value('eventData'));
  return (inside === null ? null : readFields(inside).text('asrCaptured', MAX_SPEECH)) ?? payload.text('asrCaptured', MAX_SPEECH);
}

function objectOf(eventData: unknown): JsonObject | null {
  return asJsonObject(Array.isArray(eventData) ? eventData.find(isJsonObject) : eventData);
}

function fromText(eventData: unknown): Dtmf {
  if (typeof eventData === 'number') return normalise(eventData);
  if (typeof eventData !== 'string') return NOTHING;
  const quoted = /^\s*"([^"\\]*)"\s*$/.exec(eventData);
  const text = quoted?.[1] ?? eventData;
  // Letters alone are a word, though four of them are keys of some phones.
  return /^[a-d\s]+$/i.test(text) ? NOTHING : normalise(text);
}

function normalise(value: unknown): Dtmf {
  if (value === undefined || value === null) return NOTHING;
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0 ? fromKeys(String(value)) : NOT_DTMF;
  if (Array.isArray(value)) return fromList(value);
  return typeof value === 'string' ? fromKeys(value) : NOT_DTMF;
}

/** One element per key. */
function fromList(list: readonly unknown[]): Dtmf {
  const keys = list.slice(0, MAX_KEYS + 1);
  if (!keys.every((key) => (typeof key === 'string' && key.length === 1) || Number.isSafeInteger(key))) return NOT_DTMF;
  return keys.length === 0 ? NOTHING : fromKeys(keys.join(''));
}

function fromKeys(text: string): Dtmf {
  // Cut before anything looks at it: it may be as long as the body.
  const keys = text
    .slice(0, MAX_KEYS * 4)
    .replace(/\s+/g, '')
    .toUpperCase();
  if (keys === 'NULL' || keys === 'UNDEFINED' || keys === 'NONE') return NOTHING;
  if (!KEYS.test(keys)) return NOT_DTMF;
  if (keys.length > MAX_KEYS || text.length > MAX_KEYS * 4) return Object.freeze({ digits: keys.slice(0, MAX_KEYS), problem: 'too-long' });
  return Object.freeze({ digits: keys.endsWith('#') ? keys.slice(0, -1) : keys, problem: null });
}

/** Subaccounts beyond which none are remembered. */
const MAX_SUBACCOUNTS = 100;

/** The subaccounts that a server hears of: those that are configured, and those that webhooks have named. Some webhooks name none. */
export class SubAccounts {
  readonly #configured: readonly string[];
  readonly #known: Set<string>;

  constructor(configured: readonly string[]) {
    this.#configured = configured;
    this.#known = new Set(configured);
  }

  /** Stands in where a webhook names none; null where there are several, or nobody knows. */
  get only(): string | null {
    return this.#configured.length === 1 ? (this.#configured[0] ?? null) : null;
  }

  /** Where the session of a webhook that names none may belong. */
  get all(): readonly string[] {
    return [...this.#known];
  }

  /** Whether subaccounts are configured and this is none of them. */
  isForeign(id: string): boolean {
    return this.#configured.length > 0 && !this.#configured.includes(id);
  }

  /** A webhook has named this one. */
  saw(id: string): void {
    if (this.#known.size < MAX_SUBACCOUNTS) this.#known.add(id);
  }
}

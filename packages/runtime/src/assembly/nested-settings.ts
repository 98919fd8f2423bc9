import type { Text } from '@hookswitch/dsl';
import { DEFAULT_SETTINGS, type Hooks } from './options.ts';
import { ownKeys, unknownKey } from './own-keys.ts';

/** What is set in other places: naming it twice would leave open which one counts. */
const ELSEWHERE: Readonly<Record<string, string>> = { delivery: 'delivery', retention: 'retentionDays' };

/** The keys of `sessions`, in the order of their documentation. */
export const SESSION_KEYS = Object.keys(DEFAULT_SETTINGS).filter((key) => !Object.hasOwn(ELSEWHERE, key));

/** The keys of `hooks`. */
export const HOOK_NAMES = Object.keys({
  onEnd: true,
  onRecording: true,
  onStatus: true,
  onNumberUpdate: true,
  onUnknownSession: true,
  onFallback: true,
  onError: true,
} satisfies Record<keyof Hooks, true>);

/** What is wrong with `sessions`; null when it will do. */
export function sessionsProblem(value: unknown): string | null {
  const keys = ownKeys(value);
  if (keys === null) return `must be an object with keys out of ${SESSION_KEYS.join(', ')}`;
  const elsewhere = keys.find((key) => Object.hasOwn(ELSEWHERE, key));
  if (elsewhere !== undefined) return `has no key "${elsewhere}": set ${ELSEWHERE[elsewhere] ?? ''} beside sessions`;
  const unknown = unknownKey(keys, SESSION_KEYS);
  if (unknown !== null) return unknown;
  for (const [key, setting] of Object.entries(value as object)) {
    const problem = sessionProblem(key, setting);
    if (problem !== null) return `.${key}${problem.startsWith('.') ? '' : ' '}${problem}`;
  }
  return null;
}

function sessionProblem(key: string, value: unknown): string | null {
  if (value === undefined) return 'must not be undefined: leave the key out';
  switch (key) {
    case 'holdText':
      return isSpoken(value) ? null : 'must be a text, or one per language';
    case 'voice':
      return typeof value === 'string' && value.trim() !== '' ? null : 'must be a voice profile such as en-US-BenjaminRUS';
    case 'fallback':
      return fallbackProblem(value);
    case 'maxHolds':
    case 'maxRetries':
    case 'hotCalls':
      return Number.isInteger(value) && (value as number) >= 0 ? null : 'must be a whole number, 0 or more';
    default:
      return Number.isInteger(value) && (value as number) >= 1 ? null : 'must be milliseconds, a whole number from 1';
  }
}

function fallbackProblem(value: unknown): string | null {
  const keys = ownKeys(value);
  if (keys === null) return 'must be an object with text, audio or transferTo';
  const unknown = unknownKey(keys, ['text', 'audio', 'transferTo']);
  if (unknown !== null) return unknown;
  const { text, audio, transferTo } = value as Record<string, unknown>;
  if (!isSpoken(text)) return '.text must be a text, or one per language; it is heard where audio or transfer are impossible';
  if (audio !== undefined && !isSpoken(audio)) return '.audio must be the URL of a file, or one per language';
  const isNumber = transferTo === undefined || (typeof transferTo === 'string' && /^\+?[1-9]\d{6,14}$/.test(transferTo));
  return isNumber ? null : '.transferTo must be a number in E.164 form';
}

/** Something that is heard: neither a blank nor a mark such as a zero-width space. */
const HEARD = /[^\s\p{Z}\p{Cf}\p{Cc}]/u;

function isSpoken(value: unknown): value is Text {
  if (typeof value === 'string') return HEARD.test(value) && !/\p{Surrogate}/u.test(value);
  const keys = ownKeys(value);
  return keys !== null && keys.length > 0 && Object.values(value as object).every((text) => typeof text === 'string' && isSpoken(text));
}

/** What is wrong with `hooks`; null when they will do. */
export function hooksProblem(value: unknown): string | null {
  const keys = ownKeys(value);
  if (keys === null) return `must be an object with functions out of ${HOOK_NAMES.join(', ')}`;
  const unknown = unknownKey(keys, HOOK_NAMES);
  if (unknown !== null) return unknown;
  const odd = Object.entries(value as object).find(([, hook]) => typeof hook !== 'function');
  if (odd !== undefined) return `.${odd[0]} must be a function`;
  // A call of one gives a generator, and does nothing.
  const idle = Object.entries(value as object).find(([, hook]) => /Generator/.test(Object.prototype.toString.call(hook)));
  return idle === undefined ? null : `.${idle[0]} must be a function, async or not, but is a generator function, which would never run`;
}

/** What is wrong with `subAccounts`; null when they will do. Says nothing of their keys. */
export function subAccountsProblem(value: unknown): string | null {
  if (!Array.isArray(value) || value.length === 0) return 'must be a list of { id, apiKey }, at least one';
  const ids = new Set<unknown>();
  for (const [index, account] of (value as readonly unknown[]).entries()) {
    const keys = ownKeys(account);
    const unknown = keys === null ? 'must be { id, apiKey }' : unknownKey(keys, ['id', 'apiKey']);
    if (unknown !== null) return `[${index}] ${unknown}`;
    const { id, apiKey } = account as Record<string, unknown>;
    if (typeof id !== 'string' || !/^[A-Za-z0-9\-._&]{3,50}$/.test(id))
      return `[${index}].id must be 3..50 letters, digits, "-", ".", "_" or "&"`;
    if (typeof apiKey !== 'string' || apiKey.trim() === '') return `[${index}].apiKey must be the key of subaccount "${id}"`;
    if (ids.has(id)) return `names "${id}" twice`;
    ids.add(id);
  }
  return null;
}

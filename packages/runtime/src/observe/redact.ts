import { isError, maskError } from './mask-error.ts';
import { classOfKey, type KeyClass } from './mask-keys.ts';
import { maskDigits, maskNumber, maskText, type TextMask } from './mask-text.ts';

/** What is masked before a value is stored, logged or shown. */
export interface MaskPolicy {
  /** Keys that a caller pressed: `mask` while a sensitive site is open, in all status webhooks and in all logs. */
  readonly digits: 'mask' | 'keep';
  /** Telephone numbers: `+65••••21`, or as they came. */
  readonly numbers: 'mask' | 'keep';
}

/** Fields and elements that are looked at; what follows is cut. */
const MAX_NODES = 20_000;
const DEEPEST = 40;
const SECRET = '[secret]';
const SPEECH = '[speech]';

interface Walk {
  readonly policy: MaskPolicy;
  /** Logs keep what a webhook would not: counts, sizes, ports, line numbers, addresses. */
  readonly lenient: boolean;
  nodes: number;
}

/**
 * A copy of a webhook as it was received, fit to be stored, logged or shown.
 *
 * Keys decide (in any case): what was pressed, numbers, secrets, ids and times. In any other text, and in the names of fields, what looks like a telephone
 * number is masked, with `digits: 'mask'` every three digits in a row. JSON inside of texts is looked into. The copy is plain JSON: at most 40 deep and
 * 20,000 values, the rest is cut. Never throws.
 */
export function maskWebhook(raw: unknown, policy: MaskPolicy): unknown {
  return maskValue(raw, 'text', 0, { policy, lenient: false, nodes: 0 });
}

/** The same as a store keeps it of a call: digits masked, numbers as they came. */
export function maskDigitsOf(raw: unknown): unknown {
  return maskWebhook(raw, { digits: 'mask', numbers: 'keep' });
}

/**
 * A copy of what is about to be logged: digits are always masked under their keys, numbers as set, and counts, sizes, addresses and line numbers stay.
 * `key` is the name under which the value is logged.
 */
export function maskLogged(value: unknown, numbers: MaskPolicy['numbers'], key = ''): unknown {
  return maskValue(value, classOfKey(key), 0, { policy: { digits: 'mask', numbers }, lenient: true, nodes: 0 });
}

function maskValue(value: unknown, key: KeyClass, depth: number, walk: Walk): unknown {
  if (++walk.nodes > MAX_NODES) return '[cut]';
  const of = key !== 'ours' ? key : walk.lenient ? 'plain' : 'text';
  if (of === 'speech' && walk.policy.digits === 'mask') return value === null || value === undefined ? value : SPEECH;
  if (of === 'secret') return value === null || value === undefined ? value : SECRET;
  switch (typeof value) {
    case 'string':
      return maskString(value, of, depth, walk);
    case 'number':
    case 'bigint':
      return maskNumeric(value, of, walk);
    case 'object':
      return value === null ? null : maskObject(value, of, depth, walk);
    case 'boolean':
      return value;
    default:
      return undefined;
  }
}

function maskString(text: string, of: KeyClass, depth: number, walk: Walk): string {
  const { digits, numbers } = walk.policy;
  if (of === 'digits') return digits === 'mask' ? maskDigits(text) : text;
  const inside = jsonInside(text);
  if (inside !== undefined) return JSON.stringify(maskValue(inside, of, depth + 1, walk));
  if (of === 'number')
    return numbers === 'keep' ? text : isBareNumber(text) ? maskNumber(text) : maskText(maskText(text, 'numbers'), 'strict');
  if (of === 'plain') return numbers === 'keep' ? text : maskText(text, 'plus');
  const mask: TextMask | null = digits === 'mask' && !walk.lenient ? 'strict' : numbers === 'mask' ? 'numbers' : null;
  return mask === null ? text : maskText(text, mask, walk.lenient ? 'keep' : 'mask');
}

/** Numbers stay numbers where nothing is masked in them. */
function maskNumeric(value: number | bigint, of: KeyClass, walk: Walk): unknown {
  if (of === 'plain' || (of === 'text' && walk.lenient)) return typeof value === 'bigint' ? String(value) : value;
  const text = String(value);
  const masked = maskString(text, of, DEEPEST, walk);
  return masked === text && typeof value === 'number' ? value : masked;
}

function maskObject(value: object, of: KeyClass, depth: number, walk: Walk): unknown {
  if (depth >= DEEPEST) return '[too deep]';
  try {
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
    if (isError(value)) return maskError(value);
    if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return '[bytes]';
    if (Array.isArray(value)) return maskArray(value, of, depth, walk);
    const entries: [string, unknown][] = [];
    for (const key of Object.keys(value)) {
      if (walk.nodes >= MAX_NODES) {
        entries.push(['…', '[cut]']);
        break;
      }
      // What hangs below a caller's digits is a caller's digits, whatever it is called.
      const named = classOfKey(key);
      const below = named !== 'speech' && (of === 'digits' || of === 'number') ? of : named;
      entries.push([
        maskString(key, below === 'digits' ? 'digits' : 'text', DEEPEST, walk),
        maskValue(read(value, key), below, depth + 1, walk),
      ]);
    }
    // fromEntries defines fields: a field called __proto__ stays a field.
    return Object.fromEntries(entries);
  } catch {
    return '[unreadable]';
  }
}

function maskArray(value: readonly unknown[], of: KeyClass, depth: number, walk: Walk): unknown[] {
  const out: unknown[] = [];
  for (const element of value) {
    if (walk.nodes >= MAX_NODES) {
      out.push('[cut]');
      break;
    }
    out.push(maskValue(element, of, depth + 1, walk) ?? null);
  }
  return out;
}

function read(value: object, key: string): unknown {
  return (value as Record<string, unknown>)[key];
}

function isBareNumber(text: string): boolean {
  return /^[+\p{Nd}\s().-]*$/u.test(text);
}

function jsonInside(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

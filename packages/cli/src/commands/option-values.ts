import type { TagFilter } from '@hookswitch/runtime';
import { readTagCondition, readTime } from '@hookswitch/runtime/inside';
import { InvalidArgumentError } from 'commander';

/** `--port`: 0..65535. */
export function portValue(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port >= 0 && port <= 65_535) return port;
  throw new InvalidArgumentError('A port is a whole number in 0..65535.');
}

/** `--limit`: 1..500, what a page of the store may hold. */
export function limitValue(text: string): number {
  const limit = /^\d{1,3}$/.test(text) ? Number(text) : Number.NaN;
  if (limit >= 1 && limit <= 500) return limit;
  throw new InvalidArgumentError('A limit is a whole number in 1..500.');
}

/** `--calls` and the like: a whole number in `least`..`most`. */
export function countValue(option: string, most: number, least = 1): (text: string) => number {
  return (text) => {
    const count = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (count >= least && count <= most) return count;
    throw new InvalidArgumentError(`${option} is a whole number in ${least}..${most}.`);
  };
}

/** A rate: 0..1. */
export function rateValue(text: string): number {
  const rate = /^\d*\.?\d+$/.test(text) ? Number(text) : Number.NaN;
  if (rate >= 0 && rate <= 1) return rate;
  throw new InvalidArgumentError('A rate is a number in 0..1, for example 0.05.');
}

const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `--since 2h`, `--since 2026-11-23`: milliseconds since 1970; `now` is what a span counts back from. */
export function timeValue(now: () => number): (text: string) => number {
  return (text) => {
    const [, amount, unit = ''] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
    const at = amount === undefined ? momentOf(text) : now() - Number(amount) * (UNITS[unit] ?? 0);
    if (at !== null) return at;
    throw new InvalidArgumentError('A time is a span back from now such as 30m, 2h or 7d, or ISO 8601 such as 2026-11-23T08:00:00Z.');
  };
}

/** A day, or a time with or without its zone; null for one that there is not, such as the 30th of February. */
function momentOf(text: string): number | null {
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return readTime(`${text}T00:00Z`);
  return readTime(text) ?? (readTime(`${text}Z`) === null ? null : Date.parse(text));
}

/** `--tag reason=billing` and `--tag 'amount>=1000'`, any number of times. */
export function tagValue(text: string, before: readonly TagFilter[] = []): readonly TagFilter[] {
  const condition = readTagCondition(text);
  if (typeof condition === 'string') throw new InvalidArgumentError(condition);
  return [...before, condition];
}

/** `--param name=text` and `--param name:=json`, any number of times. */
export function paramValue(text: string, before: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  const [, name, json, value = ''] = /^([^=:]+)(:?)=(.*)$/s.exec(text) ?? [];
  if (name === undefined) throw new InvalidArgumentError('Write name=text, or name:=json for numbers, true, false, lists and objects.');
  // Entries define fields: a field called __proto__ stays a field.
  return Object.fromEntries([...Object.entries(before), [name, json === '' ? value : jsonValue(value)]]);
}

/** `--params '{ … }'`. */
export function paramsValue(text: string): Readonly<Record<string, unknown>> {
  const value = jsonValue(text);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Readonly<Record<string, unknown>>;
  throw new InvalidArgumentError('Params are a JSON object.');
}

function jsonValue(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new InvalidArgumentError('That is not JSON.');
  }
}

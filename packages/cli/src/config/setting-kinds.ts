import { isFlow } from '@hookswitch/dsl';
import {
  apiTokensProblem,
  hooksProblem,
  ownKeys,
  ownStoreProblem,
  sessionsProblem,
  subAccountsProblem,
  unknownKey,
} from '@hookswitch/runtime/inside';
import type { Setting, SettingKind } from './settings.ts';

interface Kind {
  /** An environment variable as the value that it stands for. What it can't read it leaves as it is, for `problem` to name. Absent: no variable can hold it. */
  readonly fromText?: (text: string) => unknown;
  /** What is wrong with a value, as the end of a sentence; null when it will do. */
  readonly problem: (value: unknown, setting: Setting) => string | null;
}

const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';
const areAny = (value: unknown): boolean => Array.isArray(value) && value.length > 0;
const areTexts = (value: unknown): value is readonly string[] => Array.isArray(value) && value.length > 0 && value.every(isText);
const list = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** How values of each kind are read and checked. */
const KINDS: Readonly<Record<SettingKind, Kind>> = {
  text: { fromText: (text) => text, problem: (value) => (isText(value) ? null : 'must be a text') },
  texts: { fromText: list, problem: (value) => (areTexts(value) ? null : 'must be a list of texts, at least one') },
  tokens: { fromText: list, problem: (value) => (areAny(value) ? apiTokensProblem(value) : 'must be a list of tokens, at least one') },
  url: { fromText: (text) => text, problem: (value) => (isWebUrl(value) ? null : 'must be an http or https URL without ? and #') },
  store: { fromText: (text) => text, problem: storeProblem },
  integer: { fromText: (text) => (/^-?\d{1,15}$/.test(text) ? Number(text) : text), problem: integerProblem },
  boolean: {
    fromText: (text) => ({ true: true, '1': true, false: false, '0': false })[text.toLowerCase()] ?? text,
    problem: (value) => (typeof value === 'boolean' ? null : 'must be true or false'),
  },
  choice: { fromText: (text) => text, problem: choiceProblem },
  addresses: {
    fromText: (text) => (text === '8x8' ? text : list(text)),
    problem: (value) => (value === '8x8' || areTexts(value) ? null : "must be '8x8' or a list of addresses, at least one"),
  },
  proxies: { fromText: (text) => (/^\d{1,3}$/.test(text) ? Number(text) : list(text)), problem: proxiesProblem },
  flows: { fromText: list, problem: flowsProblem },
  subaccounts: { problem: subAccountsProblem },
  sessions: { problem: sessionsProblem },
  hooks: { problem: hooksProblem },
};

/** The value that an environment variable stands for. */
export function fromText(setting: Setting, text: string): unknown {
  return KINDS[setting.kind].fromText?.(text) ?? text;
}

/** What is wrong with the value of a setting, as the end of a sentence; null when it will do. */
export function problemWith(setting: Setting, value: unknown): string | null {
  return KINDS[setting.kind].problem(value, setting);
}

function isWebUrl(value: unknown): boolean {
  if (typeof value !== 'string' || !URL.canParse(value)) return false;
  const { protocol, search, hash, username, password } = new URL(value);
  return /^https?:$/.test(protocol) && [search, hash, username, password].every((part) => part === '');
}

/** Store kinds that a text can name; the rest of the text is checked when the store is opened. */
function storeProblem(value: unknown): string | null {
  if (typeof value === 'object' && value !== null) return ownStoreProblem(value);
  const named = typeof value === 'string' && /^(memory$|sqlite:.|postgres(ql)?:\/\/)/.test(value);
  return named ? null : 'must be memory, sqlite:FILE, postgres://…, or a store of your own';
}

function integerProblem(value: unknown, { range: [least, most] = [0, Number.MAX_SAFE_INTEGER] }: Setting): string | null {
  const fits = Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
  return fits ? null : `must be a whole number in ${least}..${most}`;
}

function choiceProblem(value: unknown, { choices = [] }: Setting): string | null {
  return choices.includes(value as string) ? null : `must be one of ${choices.join(', ')}`;
}

function proxiesProblem(value: unknown): string | null {
  const fits = (Number.isInteger(value) && (value as number) >= 0) || isText(value) || areTexts(value) || typeof value === 'boolean';
  return fits || typeof value === 'function' ? null : 'must be a number of proxies, or a list of their addresses';
}

const ROUTE_KEYS = ['flow', 'numbers', 'subAccounts', 'default'];

function flowsProblem(value: unknown): string | null {
  if (isText(value)) return null;
  if (!Array.isArray(value) || value.length === 0) return 'must be a path, or a list of paths, flows and routes, at least one';
  for (const [index, part] of value.entries()) {
    if (isText(part) || isFlow(part)) continue;
    const problem = routeProblem(part);
    if (problem !== null) return `[${index}]${problem.startsWith('.') ? '' : ' '}${problem}`;
  }
  return null;
}

function routeProblem(route: unknown): string | null {
  const keys = ownKeys(route);
  if (keys === null) return 'must be a path, a flow, or { flow, numbers, subAccounts, default }';
  const unknown = unknownKey(keys, ROUTE_KEYS);
  if (unknown !== null) return unknown;
  const { flow, numbers, subAccounts, default: standard } = route as Record<string, unknown>;
  if (!isText(flow) && !isFlow(flow)) return '.flow must be a flow, or the path of the file that exports it';
  if (numbers !== undefined && !(areTexts(numbers) && numbers.every((number) => /^\+?[1-9]\d{4,14}$/.test(number))))
    return '.numbers must be a list of numbers in E.164 form, with or without +';
  if (subAccounts !== undefined && !areTexts(subAccounts)) return '.subAccounts must be a list of ids';
  return standard === undefined || typeof standard === 'boolean' ? null : '.default must be true or false';
}

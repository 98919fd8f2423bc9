import { answerClasses } from '../chart/answer-class.ts';
import type { Capture } from '../effects/capture.ts';
import type { SignalResult, WaitFor } from '../effects/wait-for.ts';
import type { Step } from '../effects/step.ts';
import { settingClasses } from '../effects/setting-classes.ts';
import {
  type AnySettingValues,
  type ReadSettings,
  type SettingDeclaration,
  type SettingDeclarations,
  settingValues,
} from '../flow/settings.ts';
import type { Decision } from '../generator/decision.ts';
import type { Entry } from '../generator/journal.ts';

const DIGITS = '1234567890123456789012345';

/**
 * What may stand in place of an entry and tells nothing of a caller, the likeliest first: menu keys stay, what was keyed in becomes an example of its question, a step's
 * result one of its examples. None where there is nothing to choose from.
 */
export function madeUpEntries(entry: Entry, { effect }: Decision): readonly Entry[] {
  const { site, at } = entry;
  if ('ended' in entry || effect === null || effect.kind === 'bridge') return [entry];
  if ('error' in entry) return [{ site, at, error: { name: entry.error.name, message: 'made up' } }];
  if (!('value' in entry) || entry.value === null || entry.value === undefined) return [entry];
  if (effect.kind === 'waitFor') return signalsFor(effect, entry.value).map((value) => ({ site, at, value }));
  if (effect.kind === 'settings') return settingsFor(effect, entry.value).map((value) => ({ site, at, value }));
  const values = effect.kind === 'step' ? resultsFor(effect, entry.value) : keysFor(effect, String(entry.value));
  return values.map((value) => (value === undefined ? { site, at } : { site, at, value }));
}

function resultsFor(effect: Step<unknown>, value: unknown): readonly unknown[] {
  const examples = Object.values(effect.examples ?? {});
  const kind = kindOf(value);
  const alike = examples.filter((example) => kindOf(example) === kind);
  const others = examples.filter((example) => kindOf(example) !== kind);
  // Yes or no tells nothing of anybody.
  return [...(typeof value === 'boolean' ? [value] : []), ...alike, ...others];
}

/** That no signal came tells nothing of anybody; the value of one that came becomes an example. */
function signalsFor(effect: WaitFor, result: unknown): readonly unknown[] {
  if ((result as SignalResult<unknown>).arrived !== true) return [result];
  return answerClasses(effect).flatMap(({ answer }) => {
    const known = 'value' in answer ? (answer.value as SignalResult<unknown>) : null;
    return known?.arrived === true ? [known] : [];
  });
}

/** Switches, numbers and choices stay; words, numbers of phones and addresses of files that were set become made-up ones, then those of each class. */
function settingsFor({ settings }: ReadSettings, value: unknown): readonly AnySettingValues[] {
  const declared = settings.declared as SettingDeclarations;
  const classes = settingClasses(settings).map(({ values }) => values);
  const made = Object.entries(settingValues(declared, value)).map(([name, one]) => {
    const { kind, default: usual } = declared[name] as SettingDeclaration;
    if (one === null || one === usual || kind === 'boolean' || kind === 'number' || kind === 'choice') return [name, one] as const;
    return [name, classes.map((values) => values[name] ?? null).find((other) => other !== null && other !== usual) ?? usual] as const;
  });
  return [Object.fromEntries(made), ...classes];
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  return Array.isArray(value) ? 'list' : typeof value;
}

function keysFor(effect: Capture, keys: string): readonly string[] {
  const { shape, examples } = effect;
  // One key chooses something, and is nobody's number.
  if (keys.length <= 1) return [keys];
  const known = answerClasses(effect).flatMap(({ answer, universal }) =>
    universal !== true && 'value' in answer && typeof answer.value === 'string' ? [answer.value] : [],
  );
  const isMenu = shape !== null && shape.of !== 'ask' && known.includes(keys);
  if (isMenu) return [keys];
  const same = new Set(shape?.sameClass?.(keys) ?? []);
  const ofClass = (shape?.answers ?? []).flatMap(({ label, digits }) => (digits !== null && same.has(label) ? [digits] : []));
  const plain = shape === null ? [DIGITS.slice(0, keys.length)] : [];
  const ofLength = known.filter((one) => one.length === keys.length);
  return [...new Set([...ofClass, ...(examples === null ? plain : ofLength), ...ofLength, ...known, ...plain])];
}

import { argumentError } from '../arguments/check-argument.ts';
import { describeValue } from '../callflow/describe-value.ts';
import { PARAMETERS } from '../callflow/parameters.ts';
import { CALLFLOW_RULES } from '../callflow/rules.ts';
import { isSpeakable } from '../callflow/speakable.ts';
import type { Effect } from './effect.ts';

/** Settings that one flow may have. */
export const MAX_SETTINGS = 20;
/** Texts among which a setting may let its operator choose. */
export const MAX_SETTING_CHOICES = 100;
/** Characters that a setting's text may have where its declaration does not say. */
export const USUAL_TEXT = 500;
/** Characters of any text that is spoken. */
export const MAX_SETTING_TEXT = 3000;

interface Described {
  /** What operators read in the console: 1 to 100 characters. @default the name */
  readonly label?: string | null;
}

/** A switch. */
export interface BooleanSetting extends Described {
  readonly kind: 'boolean';
  readonly default: boolean;
}

/** Words to speak. Null for none, where that is the default. */
export interface TextSetting extends Described {
  readonly kind: 'text';
  readonly default: string | null;
  /** Characters that it may have, 1..3000. @default 500 */
  readonly maxLength?: number | null;
  /** What exploration speaks for a changed value. @default a sentence that says so */
  readonly example?: string | null;
}

/** Where calls are connected to: E.164. Null for none, where that is the default. */
export interface PhoneSetting extends Described {
  readonly kind: 'phone';
  readonly default: string | null;
  /** A changed value, for exploration. @default a made-up number */
  readonly example?: string | null;
}

/** A finite number. */
export interface NumberSetting extends Described {
  readonly kind: 'number';
  readonly default: number;
  readonly min?: number | null;
  readonly max?: number | null;
  /** Whether it may be whole numbers only. @default false */
  readonly integer?: boolean | null;
  /** A changed value, for exploration. @default the highest, the lowest, or one more than the default */
  readonly example?: number | null;
}

/** One of these texts. */
export interface ChoiceSetting extends Described {
  readonly kind: 'choice';
  /** 2 to 100 texts of 1 to 200 characters. */
  readonly choices: readonly string[];
  readonly default: string;
}

/** An audio file, as `playFile` takes it: an http(s) URL of a `.wav` or `.mp3`. Null for none, where that is the default. */
export interface AudioSetting extends Described {
  readonly kind: 'audio';
  readonly default: string | null;
  /** A changed value, for exploration. @default a made-up URL */
  readonly example?: string | null;
}

/** What one setting may hold. */
export type SettingDeclaration = BooleanSetting | TextSetting | PhoneSetting | NumberSetting | ChoiceSetting | AudioSetting;
/** The settings of a flow, by name. */
export type SettingDeclarations = Readonly<Record<string, SettingDeclaration>>;
/** What a setting holds. */
export type SettingValue = string | number | boolean | null;

type ValueOf<D> = D extends { readonly kind: 'boolean' }
  ? boolean
  : D extends { readonly kind: 'number' }
    ? number
    : D extends { readonly kind: 'choice'; readonly choices: readonly (infer C)[] }
      ? C
      : D extends { readonly kind: 'text' | 'phone' | 'audio'; readonly default: infer V }
        ? null extends V
          ? string | null
          : string
        : never;
/** The values of settings that are declared as `S`. */
export type SettingValues<S extends SettingDeclarations> = { readonly [N in keyof S]: ValueOf<S[N]> };
/** Values by name, of whatever settings. */
export type AnySettingValues = Readonly<Record<string, SettingValue>>;

/** Reads settings; see `settings`. */
export interface ReadSettings<V = AnySettingValues> extends Effect<'settings', V> {
  readonly settings: Settings;
}

/** Settings that were declared with `settings`, for the option `settings` of `defineFlow`. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- settings of whatever kinds
export interface Settings<S extends SettingDeclarations = any> {
  readonly declared: S;
  /** Changed values that exploration tries together, by name. */
  readonly examples: Readonly<Record<string, Partial<SettingValues<S>>>>;
  /**
   * Gives what operators have set, and the defaults of all else. The first read of a call decides: what is changed later holds for the next call. It takes the caller no time.
   *
   * @throws EffectArgumentError `HS_SETTING_FOREIGN` in a flow that was not given these settings.
   */
  // Method syntax on purpose: it keeps settings of whatever kinds assignable to `Settings`.
  read(): ReadSettings<SettingValues<S>>;
}

/** Marks them, of any loaded copy of the framework. */
export const SETTINGS_BRAND = Symbol.for('hookswitch.settings');

/** Tells what `settings` returns from any other value. */
export function isSettings(value: unknown): value is Settings {
  return typeof value === 'object' && value !== null && SETTINGS_BRAND in value;
}

/** Throws `EffectArgumentError` where a running flow was not given the settings that it reads. */
export function demandGiven(
  settings: Settings,
  { name, settings: given }: { readonly name: string; readonly settings: Settings | null },
): void {
  if (given?.declared === settings.declared) return;
  const came = given === null ? `a flow without settings ("${name}")` : `a flow with other settings ("${name}")`;
  const says = { says: 'must be asked of settings that the flow was given', came, fix: 'Add them to defineFlow: { settings: line }.' };
  throw argumentError('HS_SETTING_FOREIGN', 'settings', 'read', says);
}

/** What is wrong with a value. */
export interface SettingProblem {
  readonly says: string;
  readonly came: string;
  readonly fix: string;
}

/** A value as it is kept, or what is wrong with it. Newlines in texts become one space. */
export function settingValue(
  declaration: SettingDeclaration,
  value: unknown,
): { readonly value: SettingValue; readonly problem: null } | { readonly problem: SettingProblem } {
  const kept =
    typeof value === 'string' && declaration.kind === 'text'
      ? value.replace(/[ \t]*[\n\r\t\v\f\u0085\u2028\u2029]+[ \t]*/g, ' ').trim()
      : value;
  const problem = problemOf(declaration, kept);
  return problem === null ? { value: kept as SettingValue, problem } : { problem };
}

function problemOf(declaration: SettingDeclaration, value: unknown): SettingProblem | null {
  switch (declaration.kind) {
    case 'boolean':
      return typeof value === 'boolean' ? null : { says: 'must be true or false', came: describeValue(value), fix: 'Give true or false.' };
    case 'number':
      return numberProblem(declaration, value);
    case 'choice':
      if (declaration.choices.includes(value as string)) return null;
      return {
        says: `must be one of ${declaration.choices.map((one) => JSON.stringify(one)).join(', ')}`,
        came: describeValue(value),
        fix: 'Choose one of them.',
      };
    case 'text':
    case 'phone':
    case 'audio':
      if (value === null && declaration.default === null) return null;
      if (declaration.kind === 'text') return textProblem(declaration, value);
      return wireProblem(declaration.kind === 'phone' ? PARAMETERS.makeCall.destination : PARAMETERS.playFile.fileUrl, value);
  }
}

function numberProblem({ min = null, max = null, integer = false }: NumberSetting, value: unknown): SettingProblem | null {
  const isWhole = integer === true;
  const range = [min === null ? '' : ` from ${min}`, max === null ? '' : ` to ${max}`].join('');
  const fits =
    typeof value === 'number' &&
    Number.isFinite(value) &&
    (!isWhole || Number.isInteger(value)) &&
    value >= (min ?? -Infinity) &&
    value <= (max ?? Infinity);
  if (fits) return null;
  const came = typeof value === 'number' ? String(value) : describeValue(value);
  return { says: `must be ${isWhole ? 'a whole number' : 'a finite number'}${range}`, came, fix: 'Give a number, not a text.' };
}

function textProblem({ maxLength, default: usual }: TextSetting, value: unknown): SettingProblem | null {
  const most = maxLength ?? USUAL_TEXT;
  const says = `must be words to speak, of 1 to ${most} characters`;
  const fix = usual === null ? 'Give words, or null for none.' : 'Give words.';
  if (typeof value !== 'string' || value === '') return { says, came: describeValue(value), fix };
  const { length } = [...value];
  if (length > most) return { says, came: `${length} characters`, fix: 'Cut it.' };
  if (!isSpeakable(value)) return { says, came: 'blanks only', fix };
  return /\p{Cc}|\p{Surrogate}/u.test(value) ? { says, came: 'a character that can not be spoken', fix: 'Take it out.' } : null;
}

/** What rule of the wire a value breaks. A URL without suffix may give audio for all that anybody knows. */
function wireProblem(parameter: typeof PARAMETERS.makeCall.destination, value: unknown): SettingProblem | null {
  for (const { code, broken } of parameter.checks) {
    const came = broken(value);
    if (came !== null && code !== 'HS_CALLFLOW_FILE_SUFFIX') return { ...CALLFLOW_RULES[code], came };
  }
  return null;
}

/**
 * The values that a flow reads: those of `given` that fit the declaration, and the defaults of all else, so that no value that an earlier or later version of the code has declared
 * otherwise can break a call.
 */
export function settingValues(declared: SettingDeclarations, given: unknown): AnySettingValues {
  const known = typeof given === 'object' && given !== null ? (given as Readonly<Record<string, unknown>>) : {};
  const values = Object.entries(declared).map(([name, declaration]) => {
    const checked = Object.hasOwn(known, name) ? settingValue(declaration, known[name]) : null;
    return [name, checked === null || checked.problem !== null ? declaration.default : checked.value] as const;
  });
  return Object.freeze(Object.fromEntries(values));
}

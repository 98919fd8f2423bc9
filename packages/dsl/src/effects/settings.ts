import { argumentError, checkedByMaker, checkOptions, maskedName, type OptionChecks } from '../arguments/check-argument.ts';
import { describeValue } from '../callflow/describe-value.ts';
import { didYouMean } from '../callflow/near-miss.ts';
import { isSpeakable } from '../callflow/speakable.ts';
import { currentRun } from '../flow/current-run.ts';
import { makeEffect } from '../flow/make-effect.ts';
import {
  demandGiven,
  MAX_SETTING_CHOICES,
  MAX_SETTING_TEXT,
  MAX_SETTINGS,
  type ReadSettings,
  type SettingDeclaration,
  type SettingDeclarations,
  type Settings,
  SETTINGS_BRAND,
  settingValue,
  type SettingValues,
} from '../flow/settings.ts';

/** Options of `settings`. */
export interface SettingsOptions<S extends SettingDeclarations = SettingDeclarations> {
  /** Changed values that exploration tries together, by name, e.g. `{ holiday: { closedToday: true, notice: 'We are away.' } }`. At most 20. @default none */
  readonly examples?: Readonly<Record<string, Partial<SettingValues<S>>>> | null;
}

/** What stands in API, command line and form. */
const NAME = /^[A-Za-z][A-Za-z0-9_-]{0,39}$/;
/** Built in for each flow. */
const TAKEN = 'intake';
const MAX_LABEL = 100;
const MAX_CHOICE = 200;
const MAX_EXAMPLES = 20;

/** What each kind may say of itself besides `kind` and `default`. */
const FIELDS = {
  boolean: ['label'],
  text: ['label', 'maxLength', 'example'],
  phone: ['label', 'example'],
  number: ['label', 'min', 'max', 'integer', 'example'],
  choice: ['label', 'choices'],
  audio: ['label', 'example'],
} as const satisfies Readonly<Record<SettingDeclaration['kind'], readonly string[]>>;

const SHAPE = "Write it like settings({ closedToday: { kind: 'boolean', default: false } }).";

/**
 * Declares the settings of a flow, which operators change while it runs: names, what each may hold, and what holds where nobody has changed it. At most 20. Give what it returns to
 * `defineFlow` as `settings`, and read them with `yield* line.read()`, in helpers too.
 *
 * ```ts
 * const line = settings({
 *   closedToday: { kind: 'boolean', default: false, label: 'Closed today' },
 *   notice: { kind: 'text', default: null },
 * });
 * export default defineFlow({ name: 'support', voice: 'en-US-BenjaminRUS', settings: line }, function* () {
 *   const { closedToday, notice } = yield* line.read();
 *   if (notice !== null) yield say(notice);
 *   if (closedToday) return yield* say('We are closed today.');
 * });
 * ```
 *
 * @throws EffectArgumentError `HS_SETTING_DECLARATION` at once, for settings that can't be.
 */
export function settings<const S extends SettingDeclarations>(declared: S, options: SettingsOptions<S> = {}): Settings<S> {
  checkDeclared(declared);
  const frozen = Object.freeze(Object.fromEntries(Object.entries(declared).map(([name, one]) => [name, copied(one)]))) as S;
  checkOptions('settings', options as SettingsOptions, OPTIONS);
  const examples = checkedExamples(frozen, options.examples ?? {});
  const made: Settings<S> & { readonly [SETTINGS_BRAND]: true } = {
    [SETTINGS_BRAND]: true,
    declared: frozen,
    examples: examples as Settings<S>['examples'],
    read() {
      const run = currentRun();
      if (run !== null) demandGiven(made, run.options);
      return makeEffect<ReadSettings<SettingValues<S>>>({ kind: 'settings', settings: made });
    },
  };
  return Object.freeze(made);
}

const OPTIONS: OptionChecks<SettingsOptions> = { examples: checkedByMaker };

/** Frozen, so that nobody changes it afterwards; what is null is left out. */
function copied(declaration: SettingDeclaration): SettingDeclaration {
  const fields = Object.entries(declaration).filter(([name, value]) => name === 'default' || (value !== null && value !== undefined));
  const copy = Object.fromEntries(
    fields.map(([name, value]) => [name, Array.isArray(value) ? Object.freeze([...(value as readonly unknown[])]) : (value as unknown)]),
  );
  return Object.freeze(copy) as unknown as SettingDeclaration;
}

function checkDeclared(declared: unknown): void {
  if (typeof declared !== 'object' || declared === null || Array.isArray(declared))
    throw refusal('the declaration', 'must be an object of settings by name', describeValue(declared), SHAPE);
  const entries = Object.entries(declared as Readonly<Record<string, unknown>>);
  if (entries.length === 0) throw refusal('the declaration', 'must have at least one setting', 'none', SHAPE);
  if (entries.length > MAX_SETTINGS)
    throw refusal(
      'the declaration',
      `must have at most ${MAX_SETTINGS} settings`,
      String(entries.length),
      'Keep in code what operators never change.',
    );
  for (const [name, declaration] of entries) {
    checkSettingName(name);
    checkDeclaration(maskedName(name), declaration);
  }
}

function checkSettingName(name: string): void {
  const came = name === '' ? 'an empty text' : JSON.stringify(maskedName(name));
  if (!NAME.test(name))
    throw refusal(
      'a name',
      'must be 1 to 40 letters, digits, "-" or "_", beginning with a letter, because it stands in addresses and commands',
      came,
      'Write it like closedToday.',
    );
  if (name === TAKEN)
    throw refusal(
      'a name',
      'must not be "intake", which every flow has: whether calls are taken',
      came,
      'Choose another name, or use the one that is there.',
    );
}

function checkDeclaration(name: string, value: unknown): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw refusal(name, 'must be an object', describeValue(value), SHAPE);
  const declaration = value as Readonly<Record<string, unknown>>;
  const { kind } = declaration;
  const kinds = Object.keys(FIELDS);
  if (typeof kind !== 'string' || !kinds.includes(kind)) {
    const came = typeof kind === 'string' && kind !== '' ? JSON.stringify(maskedName(kind)) : describeValue(kind);
    throw refusal(
      `${name}.kind`,
      `must be one of ${kinds.join(', ')}`,
      came,
      `${typeof kind === 'string' ? didYouMean(kind, kinds) : ''}${SHAPE}`,
    );
  }
  const known = ['kind', 'default', ...FIELDS[kind as SettingDeclaration['kind']]];
  const unknown = Object.keys(declaration).find((field) => !known.includes(field));
  if (unknown !== undefined)
    throw refusal(
      name,
      `must hold known fields of a ${kind} only`,
      JSON.stringify(maskedName(unknown)),
      `${didYouMean(unknown, known)}Known are: ${known.join(', ')}.`,
    );
  checkFields(name, declaration);
  for (const field of ['default', 'example'] as const) {
    if (field === 'example' && (declaration[field] ?? null) === null) continue;
    const { problem } = settingValue(declaration as unknown as SettingDeclaration, declaration[field]);
    if (problem !== null) throw refusal(`${name}.${field}`, problem.says, problem.came, problem.fix);
  }
}

/** Limits, labels and choices. */
function checkFields(name: string, { label, choices, maxLength, min, max, integer, kind }: Readonly<Record<string, unknown>>): void {
  const isText = (value: unknown, most: number): boolean => typeof value === 'string' && value.length <= most && isSpeakable(value);
  if ((label ?? null) !== null && !isText(label, MAX_LABEL))
    throw refusal(`${name}.label`, `must be a text of 1 to ${MAX_LABEL} characters`, describeValue(label), 'Leave it out for the name.');
  if (
    (maxLength ?? null) !== null &&
    !(Number.isInteger(maxLength) && (maxLength as number) >= 1 && (maxLength as number) <= MAX_SETTING_TEXT)
  )
    throw refusal(
      `${name}.maxLength`,
      `must be an integer from 1 to ${MAX_SETTING_TEXT}`,
      describeValue(maxLength),
      'Leave it out for 500.',
    );
  if ((integer ?? null) !== null && typeof integer !== 'boolean')
    throw refusal(`${name}.integer`, 'must be true or false', describeValue(integer), 'Leave it out for false.');
  for (const [field, bound] of Object.entries({ min, max }))
    if ((bound ?? null) !== null && !(typeof bound === 'number' && Number.isFinite(bound)))
      throw refusal(`${name}.${field}`, 'must be a finite number', describeValue(bound), 'Leave it out for no limit.');
  if (typeof min === 'number' && typeof max === 'number' && min > max)
    throw refusal(`${name}.min`, 'must not be above max', `${min}`, 'Exchange them.');
  if (kind !== 'choice') return;
  const texts = Array.isArray(choices) ? (choices as readonly unknown[]) : null;
  if (texts === null || texts.length < 2 || texts.length > MAX_SETTING_CHOICES)
    throw refusal(
      `${name}.choices`,
      `must be a list of 2 to ${MAX_SETTING_CHOICES} texts`,
      texts === null ? describeValue(choices) : String(texts.length),
      "Write it like ['summer', 'winter'].",
    );
  for (const [index, text] of texts.entries()) {
    if (!isText(text, MAX_CHOICE))
      throw refusal(
        `${name}.choices[${index}]`,
        `must be a text of 1 to ${MAX_CHOICE} characters`,
        describeValue(text),
        'Write each text once.',
      );
    if (texts.indexOf(text) !== index)
      throw refusal(`${name}.choices[${index}]`, 'must differ from the others', 'the same text twice', 'Write each text once.');
  }
}

function checkedExamples(declared: SettingDeclarations, examples: unknown): Settings['examples'] {
  const fix = 'Write it like { holiday: { closedToday: true } }.';
  if (typeof examples !== 'object' || examples === null || Array.isArray(examples))
    throw refusal('examples', 'must be an object of values by name', describeValue(examples), fix);
  const entries = Object.entries(examples as Readonly<Record<string, unknown>>);
  if (entries.length > MAX_EXAMPLES)
    throw refusal('examples', `must be at most ${MAX_EXAMPLES}`, String(entries.length), 'Keep those that differ.');
  const checked = entries.map(([example, values]) => {
    const shown = `examples.${maskedName(example)}`;
    if (typeof values !== 'object' || values === null || Array.isArray(values))
      throw refusal(shown, 'must be an object of values by name', describeValue(values), fix);
    return [
      example,
      Object.freeze(
        checkedSettingValues(declared, values as Readonly<Record<string, unknown>>, (name, says) =>
          refusal(`${shown}${name}`, says.says, says.came, says.fix),
        ),
      ),
    ] as const;
  });
  return Object.freeze(Object.fromEntries(checked));
}

/** Values of declared settings as they are kept. Throws what `refuse` makes of the first that is not declared, or does not fit. */
export function checkedSettingValues(
  declared: SettingDeclarations,
  values: Readonly<Record<string, unknown>>,
  refuse: (name: string, problem: { readonly says: string; readonly came: string; readonly fix: string }) => Error,
): Record<string, string | number | boolean | null> {
  const known = Object.keys(declared);
  const kept = Object.entries(values).flatMap(([name, value]) => {
    const declaration = Object.hasOwn(declared, name) ? declared[name] : undefined;
    if (declaration === undefined) {
      const came = JSON.stringify(maskedName(name));
      throw refuse('', { says: `must name declared settings`, came, fix: `${didYouMean(name, known)}Declared are: ${known.join(', ')}.` });
    }
    if (value === undefined) return [];
    const checked = settingValue(declaration, value);
    if (checked.problem !== null) throw refuse(`.${name}`, checked.problem);
    return [[name, checked.value] as const];
  });
  return Object.fromEntries(kept);
}

function refusal(argument: string, says: string, came: string, fix: string): Error {
  return argumentError('HS_SETTING_DECLARATION', 'settings', argument, { says, came, fix });
}

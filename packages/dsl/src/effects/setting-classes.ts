import { type AnySettingValues, type SettingDeclaration, type Settings, type SettingValue, settingValues } from '../flow/settings.ts';

/** Up to so many combinations are all tried; beyond, each value alone. */
const MAX_COMBINATIONS = 8;

/** What settings may read in a call, for exploration: `label` says what is not as usual. */
export interface SettingClass {
  readonly label: string;
  readonly values: AnySettingValues;
}

interface Variant {
  readonly name: string;
  readonly label: string;
  readonly value: SettingValue;
}

/** How the settings are called that nobody has changed. */
export const UNCHANGED = 'as declared';

/** What is tried of settings: nothing changed, the examples of the author, and every changed value, in all combinations where these are few. */
export function settingClasses({ declared, examples }: Settings): readonly SettingClass[] {
  const variants = Object.entries(declared as Readonly<Record<string, SettingDeclaration>>).map(([name, declaration]) =>
    variantsOf(name, declaration),
  );
  const count = variants.reduce((product, some) => product * (some.length + 1), 1);
  const changes = count <= MAX_COMBINATIONS ? combined(variants) : variants.flat().map((variant) => [variant]);
  const classes = new Map<string, SettingClass>();
  const add = (label: string, given: unknown): void => {
    const values = settingValues(declared as Readonly<Record<string, SettingDeclaration>>, given);
    const key = JSON.stringify(values);
    if (!classes.has(key)) classes.set(key, { label, values });
  };
  add(UNCHANGED, {});
  for (const [name, values] of Object.entries(examples)) add(name, values);
  for (const change of changes)
    if (change.length > 0)
      add(change.map(({ label }) => label).join(' + '), Object.fromEntries(change.map(({ name, value }) => [name, value])));
  return unlike([...classes.values()]);
}

function combined(variants: readonly (readonly Variant[])[]): readonly (readonly Variant[])[] {
  return variants.reduce<readonly (readonly Variant[])[]>(
    (known, some) => known.flatMap((change) => [change, ...some.map((variant) => [...change, variant])]),
    [[]],
  );
}

/** No two classes have one label: an example may be called as a setting is. */
function unlike(classes: readonly SettingClass[]): readonly SettingClass[] {
  const seen = new Map<string, number>();
  return classes.map((one) => {
    const times = (seen.get(one.label) ?? 0) + 1;
    seen.set(one.label, times);
    return times === 1 ? one : { ...one, label: `${one.label} (${times})` };
  });
}

function variantsOf(name: string, declaration: SettingDeclaration): readonly Variant[] {
  const variant = (value: SettingValue, label: string = name): Variant => ({ name, label, value });
  switch (declaration.kind) {
    case 'boolean':
      return [variant(!declaration.default, declaration.default ? `not ${name}` : name)];
    case 'choice':
      return declaration.choices.filter((choice) => choice !== declaration.default).map((choice) => variant(choice, `${name} ${choice}`));
    case 'number':
      return [variant(declaration.example ?? otherNumber(declaration))];
    case 'text':
      return [variant(declaration.example ?? [...`An example of ${name}.`].slice(0, declaration.maxLength ?? undefined).join(''))];
    case 'phone':
      return [variant(declaration.example ?? (declaration.default === '+6560000001' ? '+6560000002' : '+6560000001'))];
    case 'audio':
      return [variant(declaration.example ?? 'https://example.com/example.mp3')];
  }
}

function otherNumber({ default: usual, min, max }: Extract<SettingDeclaration, { kind: 'number' }>): number {
  if (max != null && max !== usual) return max;
  return min != null && min !== usual ? min : usual + 1;
}

import type { AnySettingValues, SettingDeclaration, SettingDeclarations, SettingValue } from '@hookswitch/dsl';
import { type FieldOf, SettingField, typedValue } from '../settings/setting-field.tsx';
import { valueWords } from '../settings/words.ts';

/** Values for the next call, of those settings that are to be other than they are. */
export type ChosenSettings = AnySettingValues;

/** What the next call reads of settings. */
export function SettingsChoice({
  declared,
  value,
  onChange,
}: {
  readonly declared: SettingDeclarations;
  readonly value: ChosenSettings;
  readonly onChange: (value: ChosenSettings) => void;
}) {
  const names = Object.keys(declared);
  if (names.length === 0) return null;
  const chosen = Object.keys(value);
  const toggle = (name: string, declaration: SettingDeclaration): void => {
    if (Object.hasOwn(value, name)) onChange(Object.fromEntries(Object.entries(value).filter(([one]) => one !== name)));
    else onChange({ ...value, [name]: other(declaration) });
  };
  return (
    <details class="call-settings">
      <summary>Settings of the call: {chosen.length === 0 ? 'as they are' : `${chosen.join(', ')} for this one`}</summary>
      <div class="call-settings-list">
        {Object.entries(declared).map(([name, declaration]) => (
          <div key={name} class="call-setting">
            <label class="check">
              <input type="checkbox" checked={Object.hasOwn(value, name)} onChange={() => toggle(name, declaration)} />
              <span>
                Set {declaration.label ?? name} <span class="soft">(default: {valueWords(declaration.default, declaration.kind)})</span>
              </span>
            </label>
            {Object.hasOwn(value, name) && (
              <SettingField
                field={fieldOf(name, declaration)}
                value={value[name] ?? null}
                onChange={(next) => onChange({ ...value, [name]: next })}
                error={null}
              />
            )}
          </div>
        ))}
      </div>
    </details>
  );
}

/** The values as they are sent. */
export function typedSettings(declared: SettingDeclarations, chosen: ChosenSettings): ChosenSettings {
  return Object.fromEntries(
    Object.entries(chosen).map(([name, value]): [string, SettingValue] => [
      name,
      typedValue({ kind: declared[name]?.kind ?? 'text' }, value),
    ]),
  );
}

/** Where a switch is set at all, it is most likely to be the other way. */
function other(declaration: SettingDeclaration): SettingValue {
  switch (declaration.kind) {
    case 'boolean':
      return !declaration.default;
    case 'choice':
      return declaration.choices.find((one) => one !== declaration.default) ?? declaration.default;
    default:
      return declaration.default ?? '';
  }
}

function fieldOf(name: string, declaration: SettingDeclaration): FieldOf {
  const { kind, label } = declaration;
  const of = <K extends string>(key: K): unknown => (declaration as unknown as Readonly<Record<string, unknown>>)[key] ?? null;
  return {
    ...{ name, kind, label: label ?? name, optional: declaration.default === null, integer: of('integer') === true },
    ...{ maxLength: of('maxLength') as number | null, min: of('min') as number | null, max: of('max') as number | null },
    choices: declaration.kind === 'choice' ? [...declaration.choices] : null,
  };
}

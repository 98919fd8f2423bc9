import type { ComponentChildren } from 'preact';
import { flows } from '../lib/state.ts';
import type { Sight } from './address.ts';

const NAMES = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'code' });

interface Props {
  readonly sight: Sight;
  /** The version that is shown, whichever was asked for. */
  readonly version: string | null;
  readonly languages: readonly string[];
  /** How many sites, and what else is worth saying. */
  readonly says: string;
  readonly onChange: (change: Partial<Sight>) => void;
  /** Where one looks for sites. */
  readonly children?: ComponentChildren;
}

/** What is shown, and how: flow, version, language. */
export function Bar({ sight, version, languages, says, onChange, children }: Props) {
  const names = [...new Set(flows.value.map(({ name }) => name))];
  const versions = flows.value.filter(({ name }) => name === sight.flow).map((one) => one.version);
  return (
    <div class="bar" role="group" aria-label="What is shown">
      <Choice
        label="Flow"
        value={sight.flow}
        options={names.map((name) => [name, name])}
        onChange={(flow) => onChange({ flow, version: null, language: null, site: null })}
      />
      {children}
      {versions.length > 1 && (
        <Choice
          label="Version"
          value={version ?? ''}
          options={versions.map((one) => [one, one])}
          onChange={(one) => onChange({ version: one === versions.at(-1) ? null : one })}
        />
      )}
      {languages.length > 1 && (
        <Choice
          label="Language"
          value={sight.language ?? languages[0] ?? ''}
          options={languages.map((code) => [code, NAMES.of(code) ?? code])}
          onChange={(code) => onChange({ language: code === languages[0] ? null : code })}
        />
      )}
      <label class="field-inline">
        <input type="checkbox" checked={sight.keys} onChange={({ currentTarget }) => onChange({ keys: currentTarget.checked })} />
        <span>Universal keys</span>
      </label>
      <span class="soft bar-says">{says}</span>
    </div>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [value: string, text: string])[];
  readonly onChange: (value: string) => void;
}

function Choice({ label, value, options, onChange }: ChoiceProps) {
  return (
    <label class="field-inline">
      <span>{label}</span>
      <select value={value} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
        {options.map(([one, text]) => (
          <option key={one} value={one}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

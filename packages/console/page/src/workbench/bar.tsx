import type { ComponentChildren } from 'preact';
import type { Layer } from '../../../src/views.ts';
import { flows, isDev } from '../lib/state.ts';
import { LAYERS, type Period, PERIODS, type Sight } from './address.ts';

const ORDER: readonly Layer[] = ['live', 'insights', 'tests'];
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

/** What is shown, and how: flow, version, language, layer, period. */
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
      <fieldset class="choice layers">
        <legend>Layer</legend>
        {ORDER.filter((layer) => layer !== 'tests' || isDev.value).map((layer) => (
          <label key={layer}>
            <input type="radio" name="layer" value={layer} checked={sight.layer === layer} onChange={() => onChange({ layer })} />
            <span>{LAYERS[layer]}</span>
          </label>
        ))}
      </fieldset>
      {sight.layer === 'insights' && (
        <Choice
          label="Period"
          value={sight.period}
          options={Object.entries(PERIODS)}
          onChange={(period) => onChange({ period: period as Period })}
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

import { useId } from 'preact/hooks';
import type { SettingView } from '../../../src/views.ts';

/** What a form needs to know of a setting. */
export type FieldOf = Pick<SettingView, 'name' | 'kind' | 'label' | 'optional' | 'maxLength' | 'min' | 'max' | 'integer' | 'choices'>;
type Value = SettingView['value'];

interface Props {
  readonly field: FieldOf;
  /** A number may be a text while it is typed. */
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  /** What the server says of it. */
  readonly error: string | null;
}

/** A field made from a declaration: a switch, words, a phone number, a number, a choice, or an audio file. */
export function SettingField({ field, value, onChange, error }: Props) {
  const id = useId();
  const { kind, label, optional } = field;
  const isNone = value === null;
  return (
    <div class="setting-field">
      {kind === 'boolean' ? (
        <label class="check">
          <input
            type="checkbox"
            role="switch"
            checked={value === true}
            aria-invalid={error !== null}
            aria-describedby={error === null ? undefined : id}
            onChange={({ currentTarget }) => onChange(currentTarget.checked)}
          />
          <span>{label}</span>
        </label>
      ) : (
        <>
          {optional && (
            <label class="check">
              <input type="checkbox" checked={isNone} onChange={({ currentTarget }) => onChange(currentTarget.checked ? null : '')} />
              <span>None</span>
            </label>
          )}
          {!(optional && isNone) && (
            <label class="field">
              <span>{label}</span>
              <Input field={field} value={value} onChange={onChange} error={error} describedBy={id} />
            </label>
          )}
        </>
      )}
      {error !== null && (
        <p class="form-error" id={id} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}

function Input({ field, value, onChange, error, describedBy }: Props & { readonly describedBy: string }) {
  const text = value === null ? '' : String(value);
  const shared = {
    'aria-invalid': error !== null,
    'aria-describedby': error === null ? undefined : describedBy,
    value: text,
  } as const;
  switch (field.kind) {
    case 'choice':
      return (
        <select {...shared} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
          {(field.choices ?? []).map((choice) => (
            <option key={choice} value={choice}>
              {choice}
            </option>
          ))}
        </select>
      );
    case 'text':
      return <textarea {...shared} class="words" rows={3} onInput={({ currentTarget }) => onChange(currentTarget.value)} />;
    case 'number':
      return <input {...shared} type="text" inputMode="decimal" onInput={({ currentTarget }) => onChange(currentTarget.value)} />;
    case 'phone':
      return <input {...shared} type="tel" placeholder="+6560000001" onInput={({ currentTarget }) => onChange(currentTarget.value)} />;
    default:
      return (
        <input
          {...shared}
          type="url"
          placeholder="https://example.com/notice.mp3"
          onInput={({ currentTarget }) => onChange(currentTarget.value)}
        />
      );
  }
}

/** A value as it is sent: what was typed as a number is one, where it can be. */
export function typedValue({ kind }: Pick<FieldOf, 'kind'>, value: Value): Value {
  if (kind === 'phone' && typeof value === 'string') return value.replace(/\s/g, '');
  if (kind !== 'number' || typeof value !== 'string') return value;
  return value.trim() === '' || Number.isNaN(Number(value)) ? value : Number(value);
}

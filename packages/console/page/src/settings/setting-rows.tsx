import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { IntakeView, OverrideView, SettingView } from '../../../src/views.ts';
import { url } from '../lib/api.ts';
import { info } from '../lib/state.ts';
import { changeSettings } from '../lib/settings.ts';
import { useServerTime } from '../lib/time.ts';
import { ChangeForm } from './change-form.tsx';
import { SettingField, typedValue } from './setting-field.tsx';
import { periodWords, valueWords, whoAndWhen } from './words.ts';

/** Whether the token of this tab may change settings. */
export function mayChange(): boolean {
  return info.value?.role !== 'read';
}

interface RowProps {
  readonly name: string;
  readonly now: ComponentChildren;
  readonly override: OverrideView | null;
  readonly changeWords: string;
  readonly form: (done: (said: string) => void, cancel: () => void) => ComponentChildren;
  readonly tell: (said: string) => void;
}

/** One thing that can be changed: what it is now, who has changed it, and the form. */
function Row({ name, now, override, changeWords, form, tell }: RowProps) {
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(false);
  useLayoutEffect(() => {
    if (wasOpen.current && !isOpen) button.current?.focus();
    wasOpen.current = isOpen;
  }, [isOpen]);
  const cancel = (): void => setOpen(false);
  const done = (said: string): void => {
    setOpen(false);
    tell(said);
  };
  return (
    <li class={`setting${isOpen ? ' is-open' : ''}`}>
      <div class="setting-line">
        <h3 class="setting-name">{name}</h3>
        <span class="setting-value">{now}</span>
        {mayChange() && !isOpen && (
          <button
            ref={button}
            type="button"
            class="button button-small"
            aria-label={`${changeWords}: ${name}`}
            onClick={() => setOpen(true)}
          >
            {changeWords}
          </button>
        )}
      </div>
      {override !== null && <Overridden override={override} />}
      {isOpen && form(done, cancel)}
    </li>
  );
}

/** Who has set what, until when, and why. */
function Overridden({ override }: { readonly override: OverrideView }) {
  const now = useServerTime(true);
  const { state, reason, value } = override;
  const words = { 'in-effect': 'Changed', later: `Will be ${valueWords(value)}`, over: 'Was changed' }[state];
  return (
    <p class="setting-who">
      <span class={`badge ${state === 'in-effect' ? 'badge-warn' : ''}`}>
        {words}
        {periodWords(override, now)}
      </span>{' '}
      {whoAndWhen(override, now)}
      {reason !== null && <>: {reason}</>}
    </p>
  );
}

/** A setting of a flow. */
export function SettingRow({
  flow,
  setting,
  tell,
}: {
  readonly flow: string;
  readonly setting: SettingView;
  readonly tell: (said: string) => void;
}) {
  const { label, name, kind, value, override } = setting;
  return (
    <Row
      name={label}
      now={valueWords(value, kind)}
      override={override}
      changeWords="Change"
      tell={tell}
      form={(done, cancel) => <SettingForm flow={flow} setting={setting} onDone={done} onCancel={cancel} key={name} />}
    />
  );
}

interface FormEnds {
  readonly onDone: (said: string) => void;
  readonly onCancel: () => void;
}

function SettingForm({ flow, setting, ...ends }: { readonly flow: string; readonly setting: SettingView } & FormEnds) {
  const { name, label, kind, version, override, default: usual } = setting;
  const [value, setValue] = useState(override === null ? setting.value : override.value);
  const typed = typedValue(setting, value as SettingView['value']);
  const path = url(['settings', flow, name]);
  return (
    <ChangeForm
      {...ends}
      title={`${label} of ${flow}`}
      version={version}
      override={override}
      saveWords="Save"
      preview={<Heard kind={kind} value={typed} />}
      save={(common) => changeSettings('PUT', path, { value: typed, ...common })}
      takeBack={
        version === 0
          ? null
          : {
              words: `Back to the default (${valueWords(usual, kind)})`,
              act: ({ version: seen, reason }) =>
                changeSettings('DELETE', url(['settings', flow, name], { version: String(seen), reason }), null),
            }
      }
    >
      {(error) => <SettingField field={setting} value={value as SettingView['value']} onChange={setValue} error={error} />}
    </ChangeForm>
  );
}

function Heard({ kind, value }: { readonly kind: SettingView['kind']; readonly value: SettingView['value'] }) {
  if (value === null || value === '') return <p class="soft">Nothing is set: what the flow does then is written in it.</p>;
  switch (kind) {
    case 'text':
      return <blockquote>{String(value)}</blockquote>;
    case 'audio':
      return (
        <p>
          The file{' '}
          <a href={String(value)} target="_blank" rel="noreferrer noopener">
            {String(value)}
          </a>
        </p>
      );
    case 'phone':
      return <p>Their call is connected to {String(value)}.</p>;
    default:
      return <p>What the flow says where this is {valueWords(value, kind)}.</p>;
  }
}

interface IntakeProps {
  readonly flow: string;
  /** Null for the whole flow. */
  readonly number: string | null;
  readonly intake: IntakeView;
  readonly tell: (said: string) => void;
}

/** Whether calls of a flow, or to a number, are taken. */
export function IntakeRow({ flow, number, intake, tell }: IntakeProps) {
  return (
    <Row
      name={number === null ? 'Intake' : `Intake of ${number}`}
      now={<span class={`badge ${intake.open ? 'badge-good' : 'badge-bad'}`}>{intake.open ? 'Open' : 'Closed'}</span>}
      override={intake.override}
      changeWords={intake.override === null ? 'Close' : 'Change'}
      tell={tell}
      form={(done, cancel) => <IntakeForm flow={flow} number={number} intake={intake} onDone={done} onCancel={cancel} />}
    />
  );
}

function IntakeForm({ flow, number, intake, ...ends }: Omit<IntakeProps, 'tell'> & FormEnds) {
  const { override, heard, version } = intake;
  const set = (override?.value as { readonly says?: string | null } | undefined)?.says ?? null;
  const [says, setSays] = useState(set ?? '');
  const path = url(['settings', flow, 'intake']);
  const of = number === null ? {} : { number };
  const text = says.trim();
  return (
    <ChangeForm
      {...ends}
      title={`Intake of ${number ?? flow}`}
      version={version}
      override={override}
      saveWords={override === null ? 'Close intake' : 'Save'}
      preview={
        text === '' && set !== null ? (
          <p>The phrase that the flow has for closed intake.</p>
        ) : (
          <blockquote>{text === '' ? heard : text}</blockquote>
        )
      }
      save={(common) => changeSettings('PUT', path, { open: false, says: text === '' ? null : text, ...of, ...common })}
      takeBack={
        version === 0
          ? null
          : {
              words: 'Open intake',
              act: ({ version: seen, reason }) =>
                changeSettings('PUT', path, { open: true, ...of, version: seen, reason: reason === '' ? null : reason }),
            }
      }
    >
      {(error) => (
        <SettingField
          field={{
            ...{ name: 'says', kind: 'text', label: 'What callers hear instead', optional: false, maxLength: null },
            ...{ min: null, max: null, integer: false, choices: null },
          }}
          value={says}
          onChange={(value) => setSays(String(value ?? ''))}
          error={error}
        />
      )}
    </ChangeForm>
  );
}

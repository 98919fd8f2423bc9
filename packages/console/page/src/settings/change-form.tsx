import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { OverrideView } from '../../../src/views.ts';
import { ApiError, messageOf } from '../lib/api.ts';
import { loadSettings } from '../lib/settings.ts';
import { useServerTime } from '../lib/time.ts';
import { AT_ONCE, PeriodFields, periodOf, periodTimes } from './period-fields.tsx';
import { periodWords, valueWords, whoAndWhen } from './words.ts';

/** What every change says besides its value. */
export interface Common {
  readonly startsAt: string | null;
  readonly until: string | null;
  readonly reason: string | null;
  readonly version: number;
}

interface Props {
  /** What is changed, e.g. `Closed today of support`. */
  readonly title: string;
  readonly version: number;
  readonly override: OverrideView | null;
  /** The fields of the value, with what the server says of it. */
  readonly children: (error: string | null) => ComponentChildren;
  readonly saveWords: string;
  /** What callers hear then. */
  readonly preview: ComponentChildren;
  readonly save: (common: Common) => Promise<unknown>;
  /** Undoes what is set; null where nothing is. */
  readonly takeBack: {
    readonly words: string;
    readonly act: (given: { readonly version: number; readonly reason: string }) => Promise<unknown>;
  } | null;
  readonly onDone: (said: string) => void;
  readonly onCancel: () => void;
}

/** Where a form says what the server refuses, by its code, or by the field that it names. */
const AT_FIELD: Readonly<Record<string, 'value' | 'period'>> = {
  HS_SETTING_VALUE: 'value',
  HS_SETTING_NUMBER: 'value',
  HS_SETTING_PERIOD: 'period',
};

interface Refusal {
  readonly at: 'value' | 'period' | 'form';
  readonly says: string;
}

/** What is there now, where somebody else was faster. */
interface Conflict {
  readonly version: number;
  readonly current: OverrideView | null;
}

/** Changes one thing: its value, when it holds, and why. */
export function ChangeForm({ title, version, override, children, saveWords, preview, save, takeBack, onDone, onCancel }: Props) {
  const now = useServerTime(false);
  const [seen, setSeen] = useState(version);
  const [period, setPeriod] = useState(() => (override === null || override.state === 'over' ? AT_ONCE : periodOf(override, now)));
  const [reason, setReason] = useState(override?.reason ?? '');
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const [isBusy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useLayoutEffect(() => form.current?.querySelector<HTMLElement>('input, select, textarea')?.focus(), []);

  const attempt = async (act: () => Promise<unknown>, said: string): Promise<void> => {
    setBusy(true);
    setRefusal(null);
    setConflict(null);
    try {
      await act();
      onDone(said);
    } catch (error) {
      setBusy(false);
      const problem = error instanceof ApiError ? (error.problem as Readonly<Record<string, unknown>> | null) : null;
      if (problem?.['error'] !== 'HS_SETTING_CHANGED') return setRefusal(refusalOf(error, problem));
      setConflict({ version: Number(problem['version']), current: (problem['current'] ?? null) as OverrideView | null });
      void loadSettings().catch(() => undefined);
    }
  };
  const submit = (known: number): void => {
    setSeen(known);
    const text = reason.trim();
    void attempt(() => save({ ...periodTimes(period, now), reason: text === '' ? null : text, version: known }), `${title}: saved.`);
  };
  return (
    <form
      ref={form}
      class="change-form"
      aria-label={title}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit(seen);
      }}
      onKeyDown={(event) => event.key === 'Escape' && onCancel()}
    >
      {children(refusal?.at === 'value' ? refusal.says : null)}
      <PeriodFields value={period} onChange={setPeriod} error={refusal?.at === 'period' ? refusal.says : null} now={now} />
      <label class="field">
        <span>Reason</span>
        <input
          type="text"
          value={reason}
          maxLength={500}
          placeholder="for your colleagues"
          onInput={({ currentTarget }) => setReason(currentTarget.value)}
        />
      </label>
      <div class="heard">
        <h4>What callers will hear</h4>
        {preview}
      </div>
      {refusal?.at === 'form' && (
        <p class="form-error" role="alert">
          {refusal.says}
        </p>
      )}
      {conflict !== null && (
        <div class="notice notice-warn" role="alert">
          <p>
            It has changed meanwhile: this is what is there now:{' '}
            {conflict.current === null
              ? 'the default'
              : `${valueWords(conflict.current.value)}${periodWords(conflict.current, now)} (${whoAndWhen(conflict.current, now)})`}
            .
          </p>
          <div class="form-buttons">
            <button type="button" class="button button-small" onClick={() => submit(conflict.version)}>
              Replace it by mine
            </button>
            <button type="button" class="button button-small" onClick={onCancel}>
              Keep what is there
            </button>
          </div>
        </div>
      )}
      <div class="form-buttons">
        <button type="submit" class="button button-main" disabled={isBusy}>
          {saveWords}
        </button>
        {takeBack !== null && (
          <button
            type="button"
            class="button"
            disabled={isBusy}
            onClick={() =>
              void attempt(() => takeBack.act({ version: seen, reason: reason.trim() }), `${title}: ${takeBack.words.toLowerCase()}.`)
            }
          >
            {takeBack.words}
          </button>
        )}
        <button type="button" class="button" onClick={onCancel}>
          Cancel
        </button>
      </div>
    </form>
  );
}

function refusalOf(error: unknown, problem: Readonly<Record<string, unknown>> | null): Refusal {
  const says = messageOf(error);
  const named = problem?.['error'] === 'field' ? (/"(?:\/|body\/)?(\w+)"/.exec(says)?.[1] ?? '') : '';
  const field = ['value', 'says'].includes(named) ? 'value' : ['startsAt', 'until'].includes(named) ? 'period' : 'form';
  return { at: AT_FIELD[String(problem?.['error'])] ?? field, says };
}

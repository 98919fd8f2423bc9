import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ChangedSettingView, SettingsHistory, SettingsView } from '../../../src/views.ts';
import { get, messageOf, url } from '../lib/api.ts';
import { fullTime } from '../lib/format.ts';
import { changeSettings } from '../lib/settings.ts';
import { useServerTime } from '../lib/time.ts';
import { useLoaded } from '../lib/use-loaded.ts';
import { Failure } from '../parts/empty-state.tsx';
import { mayChange } from './setting-rows.tsx';
import { ago, periodWords, valueWords } from './words.ts';

/** Who has changed what, newest first, with undo. */
export function History({ view, tell }: { readonly view: SettingsView; readonly tell: (said: string) => void }) {
  const [places, setPlaces] = useState<readonly string[]>([]);
  const wanted = url(['settings', 'history'], { limit: '20', cursor: places.at(-1) });
  const { value, error, loading } = useLoaded((signal) => get<SettingsHistory>(wanted, signal), [wanted], { news: view.revision });
  return (
    <section class="settings-card" aria-labelledby="settings-history" aria-busy={loading}>
      <h2 id="settings-history">What was changed</h2>
      {error !== null && <Failure message={error} />}
      {value !== null && value.entries.length === 0 && (
        <p class="soft">Nothing yet. Each change stands here, with who made it, and can be undone.</p>
      )}
      <ol class="settings-history">
        {(value?.entries ?? []).map((entry) => (
          <Entry key={entry.id} entry={entry} view={view} tell={tell} />
        ))}
      </ol>
      {(places.length > 0 || value?.cursor != null) && (
        <nav class="pager" aria-label="Pages of changes">
          <button
            type="button"
            class="button button-small"
            aria-disabled={places.length === 0}
            onClick={() => setPlaces(places.slice(0, -1))}
          >
            Newer
          </button>
          <button
            type="button"
            class="button button-small"
            aria-disabled={value?.cursor == null}
            onClick={() => value?.cursor != null && setPlaces([...places, value.cursor])}
          >
            Older
          </button>
        </nav>
      )}
    </section>
  );
}

type Kept = ChangedSettingView['before'];

function Entry({
  entry,
  view,
  tell,
}: {
  readonly entry: ChangedSettingView;
  readonly view: SettingsView;
  readonly tell: (said: string) => void;
}) {
  const now = useServerTime(false);
  const [isAsked, setAsked] = useState(false);
  const { id, at, by, flow, number, name, before, after, undoes, canUndo } = entry;
  const setting = view.flows.find((one) => one.flow === flow)?.settings.find((one) => one.name === name);
  const what = `${name === 'intake' ? 'Intake' : (setting?.label ?? name)} of ${number ?? flow ?? 'a flow'}`;
  const words = (kept: Kept): string =>
    kept === null
      ? name === 'intake'
        ? 'open'
        : 'the default'
      : `${valueWords(kept.value, setting?.kind)}${periodWords(kept, Date.parse(at))}`;
  return (
    <li>
      <p>
        <time dateTime={at} title={fullTime(Date.parse(at))}>
          {ago(at, now)}
        </time>{' '}
        <strong>{by}</strong> {undoes === null ? 'changed' : 'undid a change of'} {what}: {words(before)} → {words(after)}
        {after?.reason != null && <span class="soft"> ({after.reason})</span>}
      </p>
      {mayChange() && canUndo && !isAsked && (
        <button
          type="button"
          class="button button-small"
          aria-label={`Undo: ${what}, ${words(before)} → ${words(after)}`}
          onClick={() => setAsked(true)}
        >
          Undo
        </button>
      )}
      {isAsked && (
        <Confirm
          question={`Set ${what} back to ${words(before)}?`}
          act={() => changeSettings('POST', url(['settings', 'undo', id]), {})}
          onDone={() => {
            setAsked(false);
            tell(`${what}: undone.`);
          }}
          onCancel={() => setAsked(false)}
        />
      )}
    </li>
  );
}

interface ConfirmProps {
  readonly question: string;
  readonly act: () => Promise<unknown>;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

/** Asks before something is undone. */
function Confirm({ question, act, onDone, onCancel }: ConfirmProps) {
  const [error, setError] = useState<string | null>(null);
  const first = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => first.current?.focus(), []);
  const go = (): void => void act().then(onDone, (reason: unknown) => setError(messageOf(reason)));
  return (
    <fieldset class="confirm" onKeyDown={(event) => event.key === 'Escape' && onCancel()}>
      <legend>{question}</legend>
      <button ref={first} type="button" class="button button-small button-main" onClick={go}>
        Yes, undo it
      </button>
      <button type="button" class="button button-small" onClick={onCancel}>
        No
      </button>
      {error !== null && (
        <p class="form-error" role="alert">
          {error}
        </p>
      )}
    </fieldset>
  );
}

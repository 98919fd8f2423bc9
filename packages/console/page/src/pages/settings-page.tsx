import { useEffect, useState } from 'preact/hooks';
import type { IgnoredView, SettingsView } from '../../../src/views.ts';
import { messageOf, url } from '../lib/api.ts';
import { changeSettings, loadSettings, settings } from '../lib/settings.ts';
import { epoch, info } from '../lib/state.ts';
import { useServerTime } from '../lib/time.ts';
import { EmptyState, Failure } from '../parts/empty-state.tsx';
import { Heading } from '../parts/heading.tsx';
import { IntakeRow, mayChange, SettingRow } from '../settings/setting-rows.tsx';
import { History } from '../settings/settings-history.tsx';
import { valueWords, whoAndWhen } from '../settings/words.ts';

const EXAMPLE = "const line = settings({ closedToday: { kind: 'boolean', default: false } });";

/** What operators can change, and have changed. */
export function SettingsPage() {
  const [error, setError] = useState<string | null>(null);
  const [said, tell] = useState('');
  useEffect(() => {
    void loadSettings().then(
      () => setError(null),
      (reason: unknown) => setError(messageOf(reason)),
    );
  }, [epoch.value]);
  const view = settings.value;
  return (
    <main class="page settings-page" tabIndex={-1}>
      <div class="page-head">
        <Heading title="Settings" />
        <span class="soft" role="status">
          {said}
        </span>
      </div>
      {error !== null && <Failure message={error} />}
      {!mayChange() && (
        <p class="notice">
          You can look, not change: the token of this tab has the role {info.value?.role}. To change something, open the page in a new tab,
          with a token that has the role operate.
        </p>
      )}
      {view !== null && <Cards view={view} tell={tell} />}
    </main>
  );
}

interface CardsProps {
  readonly view: SettingsView;
  readonly tell: (said: string) => void;
}

function Cards({ view, tell }: CardsProps) {
  const { flows, numbers, ignored } = view;
  const [first] = flows;
  if (first === undefined) return <EmptyState title="No flow yet">Flows stand here as soon as the server serves some.</EmptyState>;
  // Whichever flow answers them is chosen by code, so that any flow may be named with them.
  const others = numbers.filter(({ flow }) => !flows.some((one) => one.flow === flow));
  return (
    <>
      {flows.every((one) => one.settings.length === 0) && (
        <p class="notice settings-none">
          No flow declares settings, so that operators can open and close intake, and change nothing else. Declare some, give them to{' '}
          <code>defineFlow</code> as <code>settings: line</code>, and read them with <code>yield* line.read()</code>: <code>{EXAMPLE}</code>
        </p>
      )}
      <div class="settings-cards">
        {flows.map(({ flow, version, settings: declared, intake, ignored: unused }) => (
          <section key={flow} class="settings-card" aria-labelledby={`settings-${flow}`}>
            <h2 id={`settings-${flow}`}>
              {flow} <span class="soft">version {version}</span>
            </h2>
            <ul class="setting-list">
              <IntakeRow flow={flow} number={null} intake={intake} tell={tell} />
              {numbers
                .filter((one) => one.flow === flow)
                .map((one) => (
                  <IntakeRow key={one.number} flow={flow} number={one.number} intake={one.intake} tell={tell} />
                ))}
              {declared.map((setting) => (
                <SettingRow key={setting.name} flow={flow} setting={setting} tell={tell} />
              ))}
            </ul>
            <Ignored entries={unused.map((one) => ({ ...one, flow }))} tell={tell} />
          </section>
        ))}
        {others.length > 0 && (
          <section class="settings-card" aria-labelledby="settings-numbers">
            <h2 id="settings-numbers">Other numbers</h2>
            <ul class="setting-list">
              {others.map((one) => (
                <IntakeRow key={one.number} flow={first.flow} number={one.number} intake={one.intake} tell={tell} />
              ))}
            </ul>
          </section>
        )}
      </div>
      {ignored.length > 0 && (
        <section class="settings-card" aria-labelledby="settings-ignored">
          <h2 id="settings-ignored">Of flows that are not served</h2>
          <Ignored entries={ignored} tell={tell} />
        </section>
      )}
      <History view={view} tell={tell} />
    </>
  );
}

type Unused = IgnoredView & { readonly flow: string };

/** What is set, and has no effect, because the code declares something else by now. */
function Ignored({ entries, tell }: { readonly entries: readonly Unused[]; readonly tell: (said: string) => void }) {
  const now = useServerTime(false);
  const [error, setError] = useState<string | null>(null);
  if (entries.length === 0) return null;
  const remove = ({ flow, name, version }: Unused): void => {
    void changeSettings('DELETE', url(['settings', flow, name], { version: String(version) }), null).then(
      () => tell(`${name} of ${flow}: removed.`),
      (reason: unknown) => setError(messageOf(reason)),
    );
  };
  return (
    <div class="ignored">
      <h3>Set, but ignored</h3>
      <ul>
        {entries.map((one) => (
          <li key={`${one.flow} ${one.name}`}>
            <p>
              <strong>{one.name}</strong>: {valueWords(one.value)} ({whoAndWhen(one, now)}). {one.why}
            </p>
            {mayChange() && (
              <button
                type="button"
                class="button button-small"
                aria-label={`Remove: ${one.name} of ${one.flow}`}
                onClick={() => remove(one)}
              >
                Remove
              </button>
            )}
          </li>
        ))}
      </ul>
      {error !== null && <Failure message={error} />}
    </div>
  );
}

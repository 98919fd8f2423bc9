import type { AuditList, AuditView } from '../../../src/views.ts';
import { get, url } from '../lib/api.ts';
import { fullTime, shortTime } from '../lib/format.ts';
import { href, route } from '../lib/route.ts';
import { epoch, flows, info } from '../lib/state.ts';
import { useLoaded } from '../lib/use-loaded.ts';
import { EmptyState, Failure } from '../parts/empty-state.tsx';
import { Heading } from '../parts/heading.tsx';
import { Icon } from '../parts/icons.tsx';

const FILTERS = ['label', 'action', 'flow'] as const;
type Filter = Readonly<Record<(typeof FILTERS)[number], string>>;

const ACTIONS: Readonly<Record<string, string>> = { 'call.place': 'Place a call', 'call.end': 'End a call' };
/** Separates the places where the pages before this one ended, in the address. */
const STEP = '.';

/** Who has changed what, newest first. */
export function AuditPage() {
  if (info.value?.role === 'admin') return <List />;
  return (
    <main class="page">
      <EmptyState title={<Heading title="The audit list is for admins" />}>
        The token of this tab has the role {info.value?.role}. Open the page in a new tab, with a token that has the role admin.
      </EmptyState>
    </main>
  );
}

function List() {
  const { query } = route.value;
  const filter = Object.fromEntries(FILTERS.map((name) => [name, query.get(name) ?? ''])) as Filter;
  const cursors = (query.get('at') ?? '').split(STEP).filter(Boolean);
  const wanted = url(['audit'], { ...filter, cursor: cursors.at(-1) });
  const { value, error, loading } = useLoaded((signal) => get<AuditList>(wanted, signal), [wanted, epoch.value]);
  const go = (change: Partial<Filter>, places: readonly string[] = []): void => {
    location.hash = href('audit', [], { ...filter, ...change, at: places.join(STEP) });
  };
  return (
    <main class="page calls-page" tabIndex={-1}>
      <div class="page-head">
        <Heading title={cursors.length === 0 ? 'Audit' : `Audit, page ${cursors.length + 1}`}>Audit</Heading>
      </div>
      <Filters filter={filter} set={go} />
      {error !== null && <Failure message={error} />}
      {value !== null && value.entries.length === 0 ? (
        <EmptyState title="No entries">
          {FILTERS.some((name) => filter[name] !== '') ? (
            <a href={href('audit')}>Look at all entries</a>
          ) : (
            'Calls that are placed and ended through the API appear here, with the label of the token.'
          )}
        </EmptyState>
      ) : (
        <Entries entries={value?.entries ?? []} loading={loading} />
      )}
      {(cursors.length > 0 || value?.cursor != null) && (
        <nav class="pager" aria-label="Pages of entries">
          <button
            type="button"
            class="button"
            aria-disabled={cursors.length === 0}
            onClick={() => cursors.length > 0 && go({}, cursors.slice(0, -1))}
          >
            <Icon name="back" />
            <span>Newer</span>
          </button>
          <span class="soft" role="status">
            Page {cursors.length + 1}
          </span>
          <button
            type="button"
            class="button"
            aria-disabled={value?.cursor == null}
            onClick={() => value?.cursor != null && go({}, [...cursors, value.cursor])}
          >
            <span>Older</span>
            <Icon name="next" />
          </button>
        </nav>
      )}
    </main>
  );
}

function Filters({ filter, set }: { readonly filter: Filter; readonly set: (change: Partial<Filter>) => void }) {
  return (
    <form class="filters" role="search" aria-label="Audit list" onSubmit={(event) => event.preventDefault()}>
      <label class="field">
        <span>Token</span>
        <input value={filter.label} placeholder="label" onChange={({ currentTarget }) => set({ label: currentTarget.value.trim() })} />
      </label>
      <label class="field">
        <span>Action</span>
        <select value={filter.action} onChange={({ currentTarget }) => set({ action: currentTarget.value })}>
          <option value="">any</option>
          {Object.entries(ACTIONS).map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        <span>Flow</span>
        <select value={filter.flow} onChange={({ currentTarget }) => set({ flow: currentTarget.value })}>
          <option value="">any</option>
          {[...new Set([...flows.value.map(({ name }) => name), filter.flow].filter(Boolean))].map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
    </form>
  );
}

function Entries({ entries, loading }: { readonly entries: readonly AuditView[]; readonly loading: boolean }) {
  return (
    <div class="table-frame" aria-busy={loading}>
      <table class="calls audit">
        <caption class="hidden">
          {entries.length} {entries.length === 1 ? 'entry' : 'entries'}
        </caption>
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">Token</th>
            <th scope="col">Action</th>
            <th scope="col">Call</th>
            <th scope="col">Result</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <Row key={entry.id} entry={entry} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ entry: { at, label, role, action, callId, flow, to, result } }: { readonly entry: AuditView }) {
  const when = Date.parse(at);
  return (
    <tr>
      <td class="cell-time" title={fullTime(when)}>
        {shortTime(when)}
      </td>
      <td class="cell-flow">
        {label} <span class="cell-since">{role}</span>
      </td>
      <td class="cell-site">{ACTIONS[action] ?? action}</td>
      <td class="cell-parties">
        {flow !== null && (callId === null || result === 404 ? <span>{flow}</span> : <a href={href('calls', [callId])}>{flow}</a>)}
        {flow === null && callId !== null && (
          <a class="mono" href={href('calls', [callId])}>
            {callId}
          </a>
        )}
        {to !== null && (
          <>
            <span class="soft">to</span>
            <span class="number">{to}</span>
          </>
        )}
      </td>
      <td class="cell-status">
        <Result result={result} />
      </td>
    </tr>
  );
}

/** What came of it, in words: nobody should have to know what a status says. */
function Result({ result }: { readonly result: number | null }) {
  if (result === null) return <span class="badge badge-warn">Not noted</span>;
  const [tone, words] =
    result < 400 ? ['plain', 'Done'] : result === 403 ? ['bad', 'Refused'] : result < 500 ? ['warn', 'Not possible'] : ['bad', 'Failed'];
  return (
    <span class={`badge badge-${tone}`} title={`HTTP status ${result}`}>
      {words} ({result})
    </span>
  );
}

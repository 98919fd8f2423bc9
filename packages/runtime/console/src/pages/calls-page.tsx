import { useEffect, useState } from 'preact/hooks';
import type { CallPageView, CallView } from '../../../src/console/views.ts';
import { get, url } from '../lib/api.ts';
import { count, duration, fullTime, shortTime } from '../lib/format.ts';
import { href, route } from '../lib/route.ts';
import { siteOf } from '../lib/site.ts';
import { changed, epoch, flows, isDev, news } from '../lib/state.ts';
import { useLoaded } from '../lib/use-loaded.ts';
import { EmptyState, Failure } from '../parts/empty-state.tsx';
import { Icon } from '../parts/icons.tsx';
import { Status } from '../parts/status.tsx';

const FILTERS = ['flow', 'site', 'outcome', 'number', 'after', 'before'] as const;
/** Those that a narrow page hides until they are asked for. */
const FURTHER = ['site', 'number', 'after', 'before'] as const satisfies readonly (typeof FILTERS)[number][];
type Filter = (typeof FILTERS)[number];
/** News are waited for that long before the list is loaded anew, ms. */
const SETTLE = 250;

export function CallsPage() {
  const { query } = route.value;
  const filter = Object.fromEntries(FILTERS.map((name) => [name, query.get(name) ?? ''])) as Record<Filter, string>;
  const isFiltered = FILTERS.some((name) => filter[name] !== '');
  // Cursors of the pages before this one.
  const [cursors, setCursors] = useState<readonly string[]>([]);
  const key = JSON.stringify(filter);
  useEffect(() => setCursors([]), [key]);
  const cursor = cursors.at(-1);
  const isFirst = cursors.length === 0;
  const { value, error, loading } = useLoaded(
    (signal) => get<CallPageView>(url(['calls'], { ...asQuery(filter), cursor }), signal),
    [key, cursor, epoch.value, isFirst ? news.value : 0],
    isFirst ? SETTLE : 0,
  );
  const calls = value?.calls.map((call) => changed.value.get(call.id) ?? call) ?? [];
  return (
    <main class="page calls-page">
      <div class="page-head">
        <h1>Calls</h1>
      </div>
      <Filters filter={filter} isFiltered={isFiltered} />
      {error !== null && <Failure message={error} />}
      {value !== null && calls.length === 0 ? (
        <Nothing isFiltered={isFiltered} isFirst={isFirst} />
      ) : (
        <List calls={calls} loading={loading && value === null} />
      )}
      {(!isFirst || value?.cursor != null) && (
        <nav class="pager" aria-label="Pages of calls">
          <button type="button" class="button" disabled={isFirst} onClick={() => setCursors(cursors.slice(0, -1))}>
            <Icon name="back" />
            <span>Newer</span>
          </button>
          <span class="soft">Page {cursors.length + 1}</span>
          <button
            type="button"
            class="button"
            disabled={value?.cursor == null}
            onClick={() => value?.cursor != null && setCursors([...cursors, value.cursor])}
          >
            <span>Older</span>
            <Icon name="next" />
          </button>
        </nav>
      )}
    </main>
  );
}

/** Days that people choose, as times. */
function asQuery({ after, before, ...rest }: Record<Filter, string>): Record<string, string | undefined> {
  const time = (text: string): string | undefined => (Number.isNaN(Date.parse(text)) ? undefined : new Date(text).toISOString());
  return { ...rest, after: time(after), before: time(before) };
}

function Filters({ filter, isFiltered }: { readonly filter: Record<Filter, string>; readonly isFiltered: boolean }) {
  const set = (change: Partial<Record<Filter, string>>): void => {
    location.replace(href('calls', [], { ...filter, ...change }));
  };
  const further = FURTHER.filter((name) => filter[name] !== '').length;
  const [open, setOpen] = useState(further > 0);
  // A link may lead here with filters of its own.
  useEffect(() => {
    if (further > 0) setOpen(true);
  }, [further]);
  return (
    <form class={`filters${open ? ' filters-open' : ''}`} role="search" aria-label="Calls" onSubmit={(event) => event.preventDefault()}>
      <label class="field">
        <span>Flow</span>
        <select value={filter.flow} onChange={({ currentTarget }) => set({ flow: currentTarget.value, site: '' })}>
          <option value="">any</option>
          {[...new Set([...flows.value.map(({ name }) => name), filter.flow].filter(Boolean))].map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <label class="field">
        <span>Outcome</span>
        <select value={filter.outcome} onChange={({ currentTarget }) => set({ outcome: currentTarget.value })}>
          <option value="">any</option>
          <option value="live">live</option>
          <option value="ended">ended</option>
          <option value="failed">failed</option>
          <option value="outbound">being placed</option>
        </select>
      </label>
      <button type="button" class="button filters-more" aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? 'Fewer filters' : further > 0 ? `More filters (${further} set)` : 'More filters'}
      </button>
      <div class="filters-rest">
        <label class="field">
          <span>Site</span>
          <input value={filter.site} placeholder="main" onChange={({ currentTarget }) => set({ site: currentTarget.value.trim() })} />
        </label>
        <label class="field">
          <span>Number contains</span>
          <input
            type="tel"
            value={filter.number}
            placeholder="6590"
            pattern="[+0-9 ().\-]{1,30}"
            title="Digits"
            onChange={({ currentTarget }) => currentTarget.reportValidity() && set({ number: currentTarget.value.trim() })}
          />
        </label>
        <label class="field">
          <span>From</span>
          <input type="datetime-local" value={filter.after} onChange={({ currentTarget }) => set({ after: currentTarget.value })} />
        </label>
        <label class="field">
          <span>Until</span>
          <input type="datetime-local" value={filter.before} onChange={({ currentTarget }) => set({ before: currentTarget.value })} />
        </label>
      </div>
      {isFiltered && (
        <a class="button filters-clear" href={href('calls')}>
          Clear
        </a>
      )}
    </form>
  );
}

function Nothing({ isFiltered, isFirst }: { readonly isFiltered: boolean; readonly isFirst: boolean }) {
  if (!isFirst) return <EmptyState title="No older calls">Go back to newer ones.</EmptyState>;
  if (isFiltered)
    return (
      <EmptyState title="No call is like that">
        Choose less, or <a href={href('calls')}>look at all calls</a>.
      </EmptyState>
    );
  return (
    <EmptyState title="No calls yet">
      {isDev.value ? (
        <>
          <a href={href('phone')}>Call a flow on the phone</a>, and the call appears here as it goes.
        </>
      ) : (
        <>
          Point the webhooks of your 8x8 subaccount at this server (<code>hookswitch webhooks set</code>) and call one of its numbers.
        </>
      )}
    </EmptyState>
  );
}

function List({ calls, loading }: { readonly calls: readonly CallView[]; readonly loading: boolean }) {
  return (
    <div class="table-frame" aria-busy={loading}>
      <table class="calls">
        <caption class="hidden">{count(calls.length, 'call')}</caption>
        <thead>
          <tr>
            <th scope="col">Started</th>
            <th scope="col">Flow</th>
            <th scope="col">Caller and called</th>
            <th scope="col">Site</th>
            <th scope="col">Outcome</th>
            <th scope="col" class="right">
              Duration
            </th>
          </tr>
        </thead>
        <tbody>
          {calls.map((call) => (
            <Row key={call.id} call={call} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ call }: { readonly call: CallView }) {
  const started = Date.parse(call.startedAt);
  const ended = call.endedAt === null ? null : Date.parse(call.endedAt);
  return (
    <tr>
      <td class="cell-time">
        <a class="row-link" href={href('calls', [call.id])} title={fullTime(started)}>
          {shortTime(started)}
        </a>
      </td>
      <td class="cell-flow">{call.flow}</td>
      <td class="cell-parties">
        <span title={call.direction === 'inbound' ? 'Inbound' : 'Outbound'}>
          <Icon name={call.direction === 'inbound' ? 'in' : 'out'} />
          <span class="hidden">{call.direction}</span>
        </span>
        <span class="number">{call.from ?? 'withheld'}</span>
        <span class="soft" aria-label="to">
          →
        </span>
        <span class="number">{call.to}</span>
      </td>
      <td class="cell-site">{siteOf(call) ?? ''}</td>
      <td class="cell-status">
        <Status call={call} />
      </td>
      <td class="cell-duration right">{ended === null ? '' : duration(Math.max(0, ended - started))}</td>
    </tr>
  );
}

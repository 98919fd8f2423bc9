import { useEffect, useState } from 'preact/hooks';
import type { CallListView, CallTotalsView, CallView } from '../../../src/views.ts';
import { get, url } from '../lib/api.ts';
import { focusOn, HEADING } from '../lib/focus.ts';
import { href, lastCall, route } from '../lib/route.ts';
import { changed, epoch, flows, info, isDev, live, news } from '../lib/state.ts';
import { type Filter, FILTERS, type Known, readSearch } from '../lib/search.ts';
import { readConditions } from '../lib/tags.ts';
import { useLoaded } from '../lib/use-loaded.ts';
import { CallList } from '../parts/call-list.tsx';
import { CallSearch } from '../parts/call-search.tsx';
import { EmptyState, Failure } from '../parts/empty-state.tsx';
import { Heading } from '../parts/heading.tsx';
import { Icon } from '../parts/icons.tsx';

/** Separates the places where the pages before this one ended, in the address. */
const STEP = '.';
/** Lists that are shown again, at once, by whoever comes back to them. */
const seen = new Map<string, SeenPage>();
const MAX_SEEN = 20;
/** Calls of a page. */
const PAGE = '25';

interface SeenPage extends CallListView {
  readonly path: string;
}

export function CallsPage() {
  const { query } = route.value;
  useLine(query.get('q'));
  const filter = Object.fromEntries(FILTERS.map((name) => [name, query.get(name) ?? ''])) as Filter;
  const isFiltered = FILTERS.some((name) => filter[name] !== '');
  const cursors = (query.get('at') ?? '').split(STEP).filter(Boolean);
  const wanted = url(['calls'], { ...asQuery(query), cursor: cursors.at(-1) });
  const { value, error, isRefused, loading } = useLoaded((signal) => load(wanted, signal), [wanted, epoch.value], {
    news: news.value,
    known: seen.get(wanted) ?? null,
  });
  // What is shown while a page is on its way is what was seen there before, else what was there until now.
  const page = isRefused ? null : value?.path === wanted ? value : (seen.get(wanted) ?? value);
  useEffect(() => backToRow(page), [page]);
  const isFirst = cursors.length === 0;
  const { calls, fresh, show, stamp } = useHeld(page, isFirst);
  const { value: totals } = useLoaded(
    (signal) => get<CallTotalsView>(url(['calls', 'count'], countQuery(query)), signal),
    [wanted, stamp, epoch.value],
  );
  return (
    <main class="page calls-page" tabIndex={-1}>
      <div class="page-head">
        <Heading title={isFirst ? 'Calls' : `Calls, page ${cursors.length + 1}`}>Calls</Heading>
      </div>
      <CallSearch filter={filter} known={knownOf(calls)} asked={query.get('q')} />
      {!isRefused && page !== null && calls.length > 0 && (
        <div class="calls-bar">
          <span class="soft" role="status">
            {totals === null ? '' : totalsText(totals)}
          </span>
          {fresh > 0 && (
            <button type="button" class="button button-small" onClick={show}>
              {fresh === Number(PAGE) ? `${fresh} or more new` : `${fresh} new`}
            </button>
          )}
        </div>
      )}
      {error !== null && <Failure message={error} />}
      {isRefused ? (
        <EmptyState title="Nothing is looked for">
          <a href={href('calls')}>Look at all calls</a>.
        </EmptyState>
      ) : page !== null && calls.length === 0 ? (
        <Nothing filter={filter} isFiltered={isFiltered} isFirst={isFirst} />
      ) : (
        <CallList calls={calls} loading={loading && page === null} />
      )}
      {(!isFirst || page?.cursor != null) && <Pager filter={filter} cursors={cursors} next={page?.path === wanted ? page.cursor : null} />}
    </main>
  );
}

/** A whole line of the search in the address, as people write it by hand, becomes the conditions that it has. */
function useLine(line: string | null): void {
  useEffect(() => {
    const read = line === null ? null : readSearch(line);
    if (read !== null && typeof read !== 'string') location.replace(href('calls', [], read));
  }, [line]);
}

/** Calls stay where they are read: new ones wait until they are asked for. What is known of those that are there is always the newest. */
function useHeld(page: SeenPage | null, isFirst: boolean) {
  const [held, setHeld] = useState<SeenPage | null>(page);
  const [stamp, setStamp] = useState(0);
  const isOther = held === null || held.path !== page?.path || held.calls.length === 0 || !isFirst;
  const shown = isOther ? page : held;
  useEffect(() => {
    if (isOther) setHeld(page);
  }, [page, isOther]);
  const now = new Map(page?.calls.map((call) => [call.id, call]));
  const newest = shown?.calls[0]?.startedAt ?? '';
  const oldest = page?.calls.at(-1)?.startedAt ?? '';
  const ids = new Set(shown?.calls.map(({ id }) => id));
  const fresh = page?.calls.filter(({ id, startedAt }) => !ids.has(id) && startedAt >= newest).length ?? 0;
  // One that is in none of the pages any more is no longer what is looked for.
  const calls = (shown?.calls ?? [])
    .filter(({ id, startedAt }) => now.has(id) || startedAt <= oldest)
    .map((call) => changed.value.get(call.id) ?? now.get(call.id) ?? call);
  const show = (): void => {
    setHeld(page);
    setStamp((before) => before + 1);
  };
  return { calls, fresh, show, stamp };
}

function totalsText({ calls, failed, isMore }: CallTotalsView): string {
  const all = isMore ? `More than ${calls.toLocaleString('en')} calls` : `${calls.toLocaleString('en')} ${calls === 1 ? 'call' : 'calls'}`;
  return failed === 0 ? all : `${all}, ${failed.toLocaleString('en')} failed${isMore ? ' of the newest' : ''}`;
}

/** What the search line may be completed with. */
function knownOf(calls: readonly CallView[]): Known {
  const tags = new Map<string, Set<string>>();
  for (const call of calls)
    for (const [name, value] of Object.entries(call.tags)) tags.set(name, (tags.get(name) ?? new Set()).add(String(value)));
  const sites = [...calls.flatMap(({ site, lastSite }) => [lastSite ?? site]), ...live.value.map(({ site }) => site)];
  return { flows: [...new Set(flows.value.map(({ name }) => name))], sites: [...new Set(sites)].toSorted(), tags };
}

function countQuery(query: URLSearchParams): Record<string, string | readonly string[]> {
  const { limit: _limit, ...rest } = asQuery(query);
  return rest;
}

async function load(path: string, signal: AbortSignal): Promise<SeenPage> {
  const page = { ...(await get<CallListView>(path, signal)), path };
  seen.delete(path);
  seen.set(path, page);
  for (const old of seen.keys()) if (seen.size > MAX_SEEN) seen.delete(old);
  return page;
}

/** Whoever comes back from a call is where he was, at its row. */
function backToRow(page: CallListView | null): void {
  const id = lastCall.value;
  if (page === null || id === null) return;
  lastCall.value = null;
  const { activeElement } = document;
  if (activeElement === document.body || activeElement?.matches(HEADING) === true) focusOn(`[data-call="${CSS.escape(id)}"]`);
}

/** The address's query for the server, which says what it does not know: days that people choose become times. */
function asQuery(query: URLSearchParams): Record<string, string | readonly string[]> {
  const { at: _at, q: _q, ...given } = Object.fromEntries(query);
  const rest: Record<string, string> = { limit: PAGE, ...given };
  // People write numbers with spaces and brackets.
  if (rest['number'] !== undefined) rest['number'] = rest['number'].replace(/[\s().-]/g, '');
  for (const name of ['startedAfter', 'startedBefore']) {
    const at = Date.parse(rest[name] ?? '');
    if (!Number.isNaN(at)) rest[name] = new Date(at).toISOString();
  }
  return rest['tag'] === undefined ? rest : { ...rest, tag: readConditions(rest['tag']) };
}

interface PagerProps {
  readonly filter: Filter;
  readonly cursors: readonly string[];
  readonly next: string | null;
}

/** Steps to newer and older calls. At the ends a button stays where it is, and does nothing: it may have the focus. */
function Pager({ filter, cursors, next }: PagerProps) {
  const go = (places: readonly string[]): void => {
    location.hash = href('calls', [], { ...filter, at: places.join(STEP) });
  };
  return (
    <nav class="pager" aria-label="Pages of calls">
      <button
        type="button"
        class="button"
        aria-disabled={cursors.length === 0}
        onClick={() => cursors.length > 0 && go(cursors.slice(0, -1))}
      >
        <Icon name="back" />
        <span>Newer</span>
      </button>
      <span class="soft" role="status">
        Page {cursors.length + 1}
      </span>
      <button type="button" class="button" aria-disabled={next === null} onClick={() => next !== null && go([...cursors, next])}>
        <span>Older</span>
        <Icon name="next" />
      </button>
    </nav>
  );
}

interface NothingProps {
  readonly filter: Filter;
  readonly isFiltered: boolean;
  readonly isFirst: boolean;
}

function Nothing({ filter, isFiltered, isFirst }: NothingProps) {
  if (!isFirst) return <EmptyState title="No older calls">Go back to newer ones.</EmptyState>;
  if (isFiltered)
    return (
      <EmptyState title="No call is like that">
        {filter.number !== '' &&
          info.value?.showNumbers !== true &&
          'Numbers are masked: only whole ones are found, with their country code. '}
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

import { useEffect, useRef, useState } from 'preact/hooks';
import { href } from '../lib/route.ts';
import { flows, info } from '../lib/state.ts';

export const FILTERS = ['flow', 'site', 'outcome', 'number', 'tag', 'startedAfter', 'startedBefore'] as const;
/** Those that a narrow page hides until they are asked for. */
const FURTHER = ['site', 'number', 'tag', 'startedAfter', 'startedBefore'] as const satisfies readonly (typeof FILTERS)[number][];
export type Filter = Readonly<Record<(typeof FILTERS)[number], string>>;

const OUTCOMES = { live: 'live', ended: 'ended', failed: 'failed', outbound: 'being placed' } as const;

/** Which calls are listed. A change leads to the first page of those. */
export function CallFilters({ filter, isFiltered }: { readonly filter: Filter; readonly isFiltered: boolean }) {
  const set = (change: Partial<Filter>): void => {
    location.replace(href('calls', [], { ...filter, ...change }));
  };
  const first = useRef<HTMLSelectElement>(null);
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
        <select ref={first} value={filter.flow} onChange={({ currentTarget }) => set({ flow: currentTarget.value, site: '' })}>
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
          {Object.entries(OUTCOMES).map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
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
          <span>Tags</span>
          <input
            value={filter.tag}
            placeholder="reason=billing"
            title="What flows have noted: reason=billing amount>=1000"
            onChange={({ currentTarget }) => set({ tag: currentTarget.value.trim() })}
          />
        </label>
        <NumberField value={filter.number} onChange={(number) => set({ number })} />
        <label class="field">
          <span>From</span>
          <input
            type="datetime-local"
            value={filter.startedAfter}
            onChange={({ currentTarget }) => set({ startedAfter: currentTarget.value })}
          />
        </label>
        <label class="field">
          <span>Until</span>
          <input
            type="datetime-local"
            value={filter.startedBefore}
            onChange={({ currentTarget }) => set({ startedBefore: currentTarget.value })}
          />
        </label>
      </div>
      {isFiltered && (
        <a class="button filters-clear" href={href('calls')} onClick={() => first.current?.focus()}>
          Clear
        </a>
      )}
    </form>
  );
}

/** Where numbers are masked, a part of one would tell in a few searches what the mask hides. */
function NumberField({ value, onChange }: { readonly value: string; readonly onChange: (number: string) => void }) {
  const isShown = info.value?.showNumbers === true;
  return (
    <label class="field">
      <span>{isShown ? 'Number contains' : 'Whole number'}</span>
      <input
        type="tel"
        value={value}
        placeholder={isShown ? '6590' : '+6531589338'}
        pattern={isShown ? '[+0-9 \\(\\).\\-]{1,30}' : '[+0-9 \\(\\).\\-]{6,30}'}
        title={isShown ? 'Digits' : 'A whole number with its country code: numbers are masked, so parts of them are not looked for'}
        onChange={({ currentTarget }) => currentTarget.reportValidity() && onChange(currentTarget.value.trim())}
      />
    </label>
  );
}

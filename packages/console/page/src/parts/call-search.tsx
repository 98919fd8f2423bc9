import { useEffect, useRef, useState } from 'preact/hooks';
import { href } from '../lib/route.ts';
import { chipsOf, completions, type Filter, type Known, readSearch, writeSearch } from '../lib/search.ts';
import { Icon } from './icons.tsx';

interface CallSearchProps {
  readonly filter: Filter;
  readonly known: Known;
  /** A line that the address brings and that can't be read. */
  readonly asked: string | null;
}

/** Which calls are listed: one line, and each of its conditions as a chip. A change leads to the first page of those. */
export function CallSearch({ filter, known, asked }: CallSearchProps) {
  const written = writeSearch(filter);
  const [line, setLine] = useState(written);
  const [problem, setProblem] = useState<string | null>(null);
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const field = useRef<HTMLInputElement>(null);
  // A link may lead here with conditions of its own.
  useEffect(() => {
    const read = asked === null ? null : readSearch(asked);
    setLine(asked !== null && typeof read === 'string' ? asked : written === '' ? '' : `${written} `);
    setProblem(typeof read === 'string' ? read : null);
  }, [written, asked]);
  const offers = open ? completions(line, known) : [];
  const type = (text: string): void => {
    setLine(text);
    setOpen(true);
    setActive(-1);
  };
  const choose = (index: number): void => {
    const offer = offers[index];
    if (offer === undefined) return;
    type(offer.line);
    field.current?.focus();
  };
  const search = (): void => {
    setOpen(false);
    const read = readSearch(line);
    setProblem(typeof read === 'string' ? read : null);
    if (typeof read !== 'string') location.replace(href('calls', [], read));
  };
  const onKey = (event: KeyboardEvent): void => {
    const { length } = offers;
    if (event.key === 'Escape') setOpen(false);
    else if (event.key === 'ArrowDown' && !open) setOpen(true);
    else if (length > 0 && event.key === 'ArrowDown') setActive((active + 1) % length);
    else if (length > 0 && event.key === 'ArrowUp') setActive((active <= 0 ? length : active) - 1);
    else if (event.key === 'Enter' && active >= 0) choose(active);
    else return;
    event.preventDefault();
  };
  const chips = chipsOf(filter);
  return (
    <form
      class="search"
      role="search"
      aria-label="Calls"
      onSubmit={(event) => {
        event.preventDefault();
        search();
      }}
    >
      <div class="search-line">
        <input
          ref={field}
          class="search-field"
          role="combobox"
          aria-label="Search calls"
          aria-expanded={offers.length > 0}
          aria-controls="search-offers"
          aria-autocomplete="list"
          aria-activedescendant={active >= 0 && offers.length > 0 ? `search-offer-${active}` : undefined}
          aria-invalid={problem !== null}
          aria-describedby={problem === null ? undefined : 'search-problem'}
          autocomplete="off"
          spellcheck={false}
          value={line}
          placeholder="flow:support site:pin ended-by:caller reason=billing"
          onInput={({ currentTarget }) => type(currentTarget.value)}
          onKeyDown={onKey}
          onBlur={() => setOpen(false)}
        />
        <ul id="search-offers" class="search-offers" role="listbox" aria-label="Ways to go on" hidden={offers.length === 0}>
          {offers.map(({ label }, index) => (
            <li
              key={label}
              id={`search-offer-${index}`}
              role="option"
              aria-selected={index === active}
              // Before the field has lost the focus.
              onMouseDown={(event) => {
                event.preventDefault();
                choose(index);
              }}
            >
              {label}
            </li>
          ))}
        </ul>
        <button type="submit" class="button">
          Search
        </button>
      </div>
      {problem !== null && (
        <p id="search-problem" class="form-error" role="alert">
          {problem}
        </p>
      )}
      {chips.length > 0 && (
        <ul class="chips" aria-label="Conditions">
          {chips.map(({ text, without }) => (
            <li key={text}>
              <button
                type="button"
                class="chip"
                aria-label={`Leave out ${text}`}
                onClick={() => {
                  location.replace(href('calls', [], without));
                  field.current?.focus();
                }}
              >
                <span>{text}</span>
                <Icon name="close" size={12} />
              </button>
            </li>
          ))}
          <li>
            <a class="chips-clear" href={href('calls')} onClick={() => field.current?.focus()}>
              Clear
            </a>
          </li>
        </ul>
      )}
    </form>
  );
}

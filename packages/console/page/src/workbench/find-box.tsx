import { useEffect, useRef } from 'preact/hooks';
import { focusOn } from '../lib/focus.ts';
import { shortcuts } from '../lib/shortcuts.ts';

interface Props {
  readonly text: string;
  readonly sites: number;
  /** Sites that are found, in the order of the outline; null while nothing is looked for. */
  readonly found: readonly string[] | null;
  readonly selected: string | null;
  readonly onText: (text: string) => void;
  readonly onSelect: (site: string) => void;
}

/** Where one types what a site is called or says: Enter goes from one to the next, the arrow down leads into the outline. */
export function FindBox({ text, sites, found, selected, onText, onSelect }: Props) {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || !shortcuts.value) return;
      if (event.target instanceof Element && event.target.matches('input, textarea, select')) return;
      event.preventDefault();
      box.current?.focus();
      box.current?.select();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
  const step = (by: 1 | -1): void => {
    if (found === null || found.length === 0) return;
    const at = selected === null ? -1 : found.indexOf(selected);
    const next = at < 0 ? (by === 1 ? 0 : found.length - 1) : (at + by + found.length) % found.length;
    onSelect(found[next] as string);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const keys: Readonly<Record<string, () => void>> = {
      Enter: () => step(event.shiftKey ? -1 : 1),
      ArrowDown: () => void focusOn('.outline-row[tabindex="0"]'),
      Escape: () => onText(''),
    };
    const act = keys[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  };
  return (
    <div class="find">
      <label class="find-field">
        <span class="hidden">Find a site</span>
        <input
          ref={box}
          type="search"
          value={text}
          placeholder="Find"
          autocomplete="off"
          spellcheck={false}
          aria-keyshortcuts="/"
          aria-describedby="find-says"
          onInput={({ currentTarget }) => onText(currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        {text === '' && shortcuts.value && (
          <kbd class="find-key" aria-hidden="true">
            /
          </kbd>
        )}
      </label>
      <span id="find-says" class="find-says soft" role="status">
        {found === null ? '' : `${found.length} of ${sites}`}
        {found === null ? '' : <span class="hidden"> sites. Enter goes from one to the next, the arrow down into the outline.</span>}
      </span>
    </div>
  );
}

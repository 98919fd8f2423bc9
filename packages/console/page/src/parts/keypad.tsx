import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { press } from '../lib/phone.ts';
import { shortcuts } from '../lib/shortcuts.ts';

const KEYS = [
  ['1', ''],
  ['2', 'ABC'],
  ['3', 'DEF'],
  ['4', 'GHI'],
  ['5', 'JKL'],
  ['6', 'MNO'],
  ['7', 'PQRS'],
  ['8', 'TUV'],
  ['9', 'WXYZ'],
  ['*', ''],
  ['0', '+'],
  ['#', ''],
] as const;

/** What takes digits itself. */
const FIELD = 'input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable]';
const FLASH = 140;
/** Signs that are read aloud in many ways, or not at all; what is seen comes first. */
const NAMES: Readonly<Record<string, string>> = { '*': '* star', '#': '# hash' };

interface KeypadProps {
  readonly active: boolean;
  /** @default presses them on the page's phone */
  readonly onPress?: (key: string) => void;
}

/** The telephone's keys, also those of the keyboard while nothing else wants them. */
export function Keypad({ active, onPress = (key) => void press(key) }: KeypadProps) {
  const latest = useRef(onPress);
  latest.current = onPress;
  const [down, setDown] = useState<string | null>(null);
  // As soon as the keypad is seen or the switch is turned, not a moment later: a key may follow at once.
  useLayoutEffect(() => {
    if (!active) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onKey = (event: KeyboardEvent): void => {
      if (!shortcuts.value || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      if (!/^[0-9*#]$/.test(event.key) || (event.target instanceof Element && event.target.closest(FIELD) !== null)) return;
      event.preventDefault();
      setDown(event.key);
      clearTimeout(timer);
      timer = setTimeout(() => setDown(null), FLASH);
      latest.current(event.key);
    };
    addEventListener('keydown', onKey);
    return () => {
      clearTimeout(timer);
      removeEventListener('keydown', onKey);
    };
  }, [active]);
  return (
    <div class="keypad" role="group" aria-label={shortcuts.value ? "Keypad; the keyboard's digits, * and # work too" : 'Keypad'}>
      {KEYS.map(([key, letters]) => (
        <button
          key={key}
          type="button"
          class={`key${down === key ? ' key-down' : ''}`}
          disabled={!active}
          aria-label={NAMES[key]}
          onClick={() => onPress(key)}
        >
          <span class="key-digit">{key}</span> <span class="key-letters">{letters}</span>
        </button>
      ))}
    </div>
  );
}

import { effect, signal } from '@preact/signals';

const KEY = 'hookswitch-shortcuts';

/** Whether single keys do something: digits for the phone, `+`, `-` and `0` for the diagram. Whoever speaks to the machine may have to switch them off. */
export const shortcuts = signal(localStorage.getItem(KEY) !== 'off');

effect(() => {
  if (shortcuts.value) localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, 'off');
});

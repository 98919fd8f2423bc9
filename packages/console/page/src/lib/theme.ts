import { effect, signal } from '@preact/signals';

/** `auto` is the system's choice. */
export type Theme = 'auto' | 'light' | 'dark';

const KEY = 'hookswitch-theme';
const stored = localStorage.getItem(KEY);

export const theme = signal<Theme>(stored === 'light' || stored === 'dark' ? stored : 'auto');

effect(() => {
  const root = document.documentElement;
  if (theme.value === 'auto') {
    delete root.dataset['theme'];
    localStorage.removeItem(KEY);
  } else {
    root.dataset['theme'] = theme.value;
    localStorage.setItem(KEY, theme.value);
  }
});

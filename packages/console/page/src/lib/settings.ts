import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { OverrideView, SettingsChanged, SettingsView } from '../../../src/views.ts';
import { get, send } from './api.ts';
import { epoch } from './state.ts';

/** What operators have set, as it was known last; null until then. */
export const settings = signal<SettingsView | null>(null);

/** Others change settings, too: they are asked for this often while somebody looks, ms. */
const EVERY = 15_000;

let asked = 0;

/** Asks for them. What was overtaken by a change of one's own is dropped. Rejects with `ApiError`. */
export async function loadSettings(): Promise<void> {
  const mine = ++asked;
  const loaded = await get<SettingsView>('settings');
  if (mine === asked) settings.value = loaded;
}

/** Changes them; gives what was changed. Rejects with `ApiError`. */
export async function changeSettings(method: 'POST' | 'PUT' | 'DELETE', path: string, body: unknown): Promise<SettingsChanged> {
  const changed = await send<SettingsChanged>(method, path, body);
  asked++;
  settings.value = changed.settings;
  return changed;
}

/** Keeps them up to date, for as long as the page that uses it is there. */
export function useSettings(): void {
  useEffect(() => {
    const load = (): void => {
      if (document.visibilityState === 'visible') void loadSettings().catch(() => undefined);
    };
    load();
    const timer = setInterval(load, EVERY);
    document.addEventListener('visibilitychange', load);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', load);
    };
  }, [epoch.value]);
}

/** Whether what was set holds at a moment. */
export function isInEffect({ startsAt, until }: Pick<OverrideView, 'startsAt' | 'until'>, now: number): boolean {
  return (startsAt === null || Date.parse(startsAt) <= now) && (until === null || now < Date.parse(until));
}

import { href } from '../lib/route.ts';
import { settings, useSettings } from '../lib/settings.ts';
import { useServerTime } from '../lib/time.ts';
import { changedNow } from './words.ts';

/** Says on every page what operators have changed, for as long as it is so. */
export function SettingsStrip() {
  useSettings();
  const now = useServerTime(settings.value !== null);
  const changed = settings.value === null ? [] : changedNow(settings.value, now);
  const [only] = changed;
  if (only === undefined) return null;
  return (
    <aside class="settings-strip" aria-label="Changed settings">
      <span class="settings-strip-text">{changed.length === 1 ? only : `${changed.length} settings are changed`}</span>
      <a href={href('settings')}>Look at the settings</a>
    </aside>
  );
}

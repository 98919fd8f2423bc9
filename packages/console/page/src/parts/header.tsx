import { Icon, type IconName, Logo } from './icons.tsx';
import { connection, dev, info, isDev } from '../lib/state.ts';
import { href, route } from '../lib/route.ts';
import { shortcuts } from '../lib/shortcuts.ts';
import { type Theme, theme } from '../lib/theme.ts';

interface Place {
  readonly page: string;
  readonly title: string;
  readonly icon: IconName;
}

const PHONE: Place = { page: 'phone', title: 'Phone', icon: 'phone' };
const PLACES: readonly Place[] = [
  { page: 'diagram', title: 'Diagram', icon: 'diagram' },
  { page: 'calls', title: 'Calls', icon: 'calls' },
  { page: 'insights', title: 'Insights', icon: 'insights' },
  { page: 'settings', title: 'Settings', icon: 'settings' },
];

/** Whoever works alone, on a simulated platform, needs no audit list. */
const AUDIT: Place = { page: 'audit', title: 'Audit', icon: 'audit' };

const NEXT: Readonly<Record<Theme, Theme>> = { auto: 'light', light: 'dark', dark: 'auto' };
const THEME_ICONS = { auto: 'auto', light: 'sun', dark: 'moon' } as const satisfies Record<Theme, IconName>;

export function Header() {
  const places = isDev.value ? [PHONE, ...PLACES] : info.value?.role === 'admin' ? [...PLACES, AUDIT] : PLACES;
  const current = route.value.page || places[0]?.page;
  return (
    <header class="top">
      <a class="brand" href="#/">
        <Logo />
        <span>Hookswitch</span>
      </a>
      <nav aria-label="Pages">
        {places.map(({ page, title, icon }) => (
          <a key={page} href={href(page)} aria-current={current === page ? 'page' : undefined}>
            <Icon name={icon} />
            <span>{title}</span>
          </a>
        ))}
      </nav>
      <div class="top-end">
        <Connection />
        <ShortcutsButton />
        <ThemeButton />
      </div>
    </header>
  );
}

function Connection() {
  const state = connection.value;
  const isReloading = dev.value?.reloading === true;
  const isChecking = dev.value?.checking === true;
  const text =
    state === 'lost'
      ? 'Reconnecting…'
      : state === 'connecting'
        ? 'Connecting…'
        : isReloading
          ? 'Reloading…'
          : isChecking
            ? 'Live, exploring…'
            : 'Live';
  return (
    <span class={`connection connection-${state === 'open' && !isReloading ? 'open' : 'waiting'}`} role="status">
      <span class="dot" aria-hidden="true" />
      <span class="connection-text">{text}</span>
    </span>
  );
}

/** Single keys that do something are in the way of those who speak to their machine, or whose hands tremble. */
function ShortcutsButton() {
  const isOn = shortcuts.value;
  const title = `Single keys ${isOn ? 'work' : 'are switched off'}: digits for the phone; +, − and 0 for the diagram`;
  return (
    <button
      type="button"
      class="icon-button"
      title={title}
      aria-label="Single-key shortcuts"
      aria-pressed={isOn}
      onClick={() => (shortcuts.value = !isOn)}
    >
      <Icon name={isOn ? 'keyboard' : 'noKeyboard'} />
    </button>
  );
}

function ThemeButton() {
  const now = theme.value;
  const label = `Colours: ${now === 'auto' ? 'as the system' : now}. Change to ${NEXT[now] === 'auto' ? 'as the system' : NEXT[now]}`;
  return (
    <button type="button" class="icon-button" title={label} aria-label={label} onClick={() => (theme.value = NEXT[now])}>
      <Icon name={THEME_ICONS[now]} />
    </button>
  );
}

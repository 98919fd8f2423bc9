const PATHS = {
  phone:
    'M3.4 2.6l1.9-.5c.5-.1.9.1 1.1.6l.8 1.9c.2.4.1.9-.3 1.2l-1 .8c.7 1.5 1.9 2.7 3.4 3.4l.8-1c.3-.4.8-.5 1.2-.3l1.9.8c.5.2.7.6.6 1.1l-.5 1.9c-.1.5-.5.8-1 .8C6.900 13.300 2.700 9.100 2.600 3.600c0-.5.3-.9.8-1z',
  hangUp: 'M1.800 9.200c0-2.600 2.800-4 6.200-4s6.200 1.400 6.200 4v.9h-3.500V8.300H5.300v1.800H1.800z',
  diagram: 'M2 6h4v4H2zM10 2.500h4v4h-4zM10 9.500h4v4h-4zM6 8h2M8 4.500v7M8 4.500h2M8 11.500h2',
  calls: 'M5.500 4h8.500M5.500 8h8.500M5.500 12h8.500M2.500 4h.01M2.500 8h.01M2.500 12h.01',
  insights: 'M2.500 13.500h11M4 11V7.500M7 11V3.500M10 11V6M13 11V9',
  settings: 'M2.500 4.500h6M11.500 4.500h2M8.500 3v3M2.500 11.500h2M7.500 11.500h6M4.500 10v3M7.500 10v3M11.500 3v3',
  audit: 'M4 2.500h8v11H4zM6 5.500h4M6 8h4M6 10.500h2.500',
  sun: 'M8 5a3 3 0 100 6 3 3 0 000-6zM8 1.500v1M8 13.500v1M1.500 8h1M13.500 8h1M3.400 3.400l.7.7M11.900 11.900l.7.7M3.400 12.600l.7-.7M11.900 4.100l.7-.7',
  moon: 'M13.500 9.500A6 6 0 016.500 2.500a6 6 0 107 7z',
  auto: 'M8 2.500a5.500 5.500 0 100 11 5.500 5.500 0 000-11zM8 2.500v11',
  sound: 'M2.500 6v4h2.500L8.500 13V3L5 6zM11 6a3 3 0 010 4M12.800 4a6 6 0 010 8',
  muted: 'M2.500 6v4h2.500L8.500 13V3L5 6zM11 6.300l3.400 3.400M14.400 6.300L11 9.700',
  back: 'M9.500 3.500L5 8l4.500 4.500',
  next: 'M6.500 3.500L11 8l-4.500 4.500',
  copy: 'M5.500 5.500V3h7.500v7.500h-2.500M3 5.500h7.500V13H3z',
  download: 'M8 2.500v7M5 7l3 3 3-3M3 13h10',
  plus: 'M8 3.500v9M3.500 8h9',
  minus: 'M3.500 8h9',
  fit: 'M2.500 6V2.500H6M10 2.500h3.500V6M13.500 10v3.500H10M6 13.500H2.500V10',
  close: 'M4 4l8 8M12 4l-8 8',
  warning: 'M8 2.500l6 10.500H2zM8 6.500v3M8 11.300v.01',
  in: 'M12.500 3.500L4 12M4 6v6h6',
  out: 'M3.500 12.500L12 4M6 4h6v6',
  keyboard: 'M1.500 4h13v8h-13zM4 6.700h.01M6.700 6.700h.01M9.300 6.700h.01M12 6.700h.01M5 9.300h6',
  noKeyboard: 'M4.500 4h10v8h-2M9.500 12h-8v-8M2 2l12 12M9.300 6.700h.01M12 6.700h.01',
  key: 'M3.500 3.500h.01M8 3.500h.01M12.500 3.500h.01M3.500 8h.01M8 8h.01M12.500 8h.01M8 12.500h.01',
} as const;

export type IconName = keyof typeof PATHS;

/** A line icon, beside words that say what it means. */
export function Icon({ name, size = 16 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 16 16" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}

export function Logo() {
  return (
    <svg class="logo" width="28" height="28" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" />
      <path d="M7 13.500c0-4 4-6.500 9-6.500s9 2.500 9 6.500v1.500h-5v-3h-8v3H7zM11 19.500h10l2 5.500H9z" />
    </svg>
  );
}

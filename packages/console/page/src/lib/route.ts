import { computed, signal } from '@preact/signals';

/** Where the page is: `#/calls?flow=hello` is `{ page: 'calls', parts: [], query }`. */
export interface Route {
  readonly page: string;
  readonly parts: readonly string[];
  readonly query: URLSearchParams;
}

export const route = signal<Route>(readRoute());
/** The page without what can be chosen on it: when it changes, another page is opened. */
export const place = computed(() => placeOf(route.value));

const LIST = 'hookswitch-list';

/** The list of calls as it was looked at last, with its filters and its page. */
export const listAddress = signal(sessionStorage.getItem(LIST) ?? '#/calls');
/** The call that was looked at last: the way back leads to its row. */
export const lastCall = signal<string | null>(null);

/** A link was followed, so that the next page is seen from its beginning; the way back leads to where one was. */
let isFollowed = false;
addEventListener('click', ({ target }) => {
  if (target instanceof Element && target.closest('a[href^="#/"]') !== null) isFollowed = true;
});

remember(route.value);
addEventListener('hashchange', () => {
  const before = place.value;
  route.value = readRoute();
  remember(route.value);
  if (isFollowed && before !== place.value) scrollTo(0, 0);
  isFollowed = false;
});

function readRoute(): Route {
  const [path = '', ...search] = location.hash.replace(/^#\/?/, '').split('?');
  const [page = '', ...parts] = path.split('/').map(decodePart);
  return {
    page,
    parts: parts.filter((part, index) => part !== '' || index < parts.length - 1),
    query: new URLSearchParams(search.join('?')),
  };
}

function remember({ page, parts: [id] }: Route): void {
  if (page !== 'calls') return;
  if (id !== undefined) {
    lastCall.value = id;
    return;
  }
  listAddress.value = location.hash;
  sessionStorage.setItem(LIST, location.hash);
}

function placeOf({ page, parts }: Route): string {
  return JSON.stringify(page === 'diagram' ? [page] : [page, ...parts]);
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The address of a place on the page. */
export function href(page: string, parts: readonly string[] = [], query: Readonly<Record<string, string | undefined>> = {}): string {
  const search = new URLSearchParams(Object.entries(query).filter((entry): entry is [string, string] => (entry[1] ?? '') !== ''));
  const path = [page, ...parts].map(encodeURIComponent).join('/');
  return `#/${path}${search.size === 0 ? '' : `?${search}`}`;
}

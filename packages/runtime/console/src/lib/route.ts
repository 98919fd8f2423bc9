import { signal } from '@preact/signals';

/** Where the page is: `#/calls?flow=hello` is `{ page: 'calls', parts: [], query }`. */
export interface Route {
  readonly page: string;
  readonly parts: readonly string[];
  readonly query: URLSearchParams;
}

export const route = signal<Route>(readRoute());

/** A link was followed, so that the next page is seen from its beginning; the way back leads to where one was. */
let isFollowed = false;
addEventListener('click', ({ target }) => {
  if (target instanceof Element && target.closest('a[href^="#/"]') !== null) isFollowed = true;
});

addEventListener('hashchange', () => {
  const before = route.value;
  route.value = readRoute();
  if (isFollowed && before.page !== route.value.page) scrollTo(0, 0);
  isFollowed = false;
});

function readRoute(): Route {
  const [path = '', search = ''] = location.hash.replace(/^#\/?/, '').split('?');
  const [page = '', ...parts] = path.split('/').map(decodePart);
  return { page, parts, query: new URLSearchParams(search) };
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

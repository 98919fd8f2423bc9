import type { IncomingHttpHeaders } from 'node:http';
import { isLoopback } from './address-list.ts';

/** Names under which browsers find nothing but this machine, whatever a name server says. */
export function isLocalName(name: string): boolean {
  const bare = name
    .toLowerCase()
    .replace(/\.$/, '')
    .replace(/^\[|\]$/g, '');
  return bare === 'localhost' || bare.endsWith('.localhost') || isLoopback(bare);
}

/** What `isForeign` looks at. */
export interface AskedBy {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
}

/**
 * Whether a page of another origin has its browser ask: by a form or `fetch` (another `Origin`, `null` included; `Sec-Fetch-Site`), or under a name of its own that
 * it lets point here (`Host`). Who is no browser sends none of these. `isOwn` says which names the server has.
 */
export function isForeign({ method, url, headers }: AskedBy, isOwn: (name: string) => boolean = isLocalName): boolean {
  const here = hostOf(headers.host);
  if (here === null || !isOwn(here.hostname)) return true;
  // An absolute target (GET http://other/ HTTP/1.1) goes before the header.
  if (!url.startsWith('/') && url !== '*' && targetOf(url)?.host !== here.host) return true;
  const { origin, 'sec-fetch-site': site, 'sec-fetch-mode': mode } = headers;
  if (origin !== undefined) return !(URL.canParse(origin) && new URL(origin).host === here.host);
  if (site === undefined || site === 'same-origin' || site === 'none') return false;
  // A link to a page of ours may stand anywhere: what it opens is not shown to whoever set it.
  return !(mode === 'navigate' && (method === 'GET' || method === 'HEAD'));
}

/** The authority of a `Host` header; null for what is none. */
function hostOf(authority: string | undefined): URL | null {
  return authority !== undefined && /^[^@/\\?#\s]+$/.test(authority) && URL.canParse(`http://${authority}`)
    ? new URL(`http://${authority}`)
    : null;
}

function targetOf(url: string): URL | null {
  return /^https?:\/\/[^@]*$/i.test(url) && URL.canParse(url) ? new URL(url) : null;
}

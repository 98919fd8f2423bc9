import type { CallView } from '../../../src/views.ts';

const NOWHERE: readonly string[] = ['ended', 'failed', 'closed'];

/** The site where a call stands, or, once it is over, waited for its caller last; null where there is none. */
export function siteOf({ site, lastSite }: Pick<CallView, 'site' | 'lastSite'>): string | null {
  return NOWHERE.includes(site) ? lastSite : site;
}

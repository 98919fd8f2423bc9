import type { LiveCall } from './live-call.ts';
import type { SessionContext } from './settings.ts';

/** How long what is due of a call stays with those who have its code, ms. Then they are taken to be gone, as when a deploy was taken back. */
const PATIENCE = 60_000;

/**
 * Whether others have to see to what is due of a call: it began on a newer version than this server has, as happens while servers are replaced one by one.
 * Its webhooks are answered with a hold meanwhile, for the next one may reach such a server.
 */
export function isLeftToOthers({ clock }: SessionContext, { isAhead, record }: LiveCall): boolean {
  return isAhead && record.dueAt !== null && clock.now() < record.dueAt + PATIENCE;
}

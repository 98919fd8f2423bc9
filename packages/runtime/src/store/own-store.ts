import type { Store } from './store.ts';

const METHODS = Object.keys({
  open: true,
  close: true,
  ping: true,
  load: true,
  turn: true,
  turnOfEvent: true,
  commit: true,
  touch: true,
  append: true,
  timeline: true,
  put: true,
  inbox: true,
  signals: true,
  signalOfKey: true,
  turns: true,
  due: true,
  findByClientRequestId: true,
  unnumbered: true,
  list: true,
  countCalls: true,
  liveCounts: true,
  prune: true,
  uncounted: true,
  foldCounts: true,
  counts: true,
  countGroups: true,
  pruneCounts: true,
  overrides: true,
  changeOverrides: true,
  auditEntry: true,
  putAudit: true,
  listAudit: true,
  pruneAudit: true,
} satisfies Record<Exclude<keyof Store, 'kind' | 'shared' | 'outbound'>, true>);

/** What an object lacks to be a store, as the end of a sentence; null where it has everything. Its kind is printed as it is, so it must be fit for that. */
export function ownStoreProblem(value: object): string | null {
  const store = value as Readonly<Record<string, unknown>>;
  const missing = METHODS.filter((name) => typeof store[name] !== 'function');
  if (missing.length === METHODS.length) return 'must be memory, sqlite:FILE, postgres://…, or a store of your own';
  if (missing.length > 0) return `is a store without ${missing.map((name) => `${name}()`).join(', ')}`;
  if (typeof store['kind'] !== 'string' || !/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,63}$/u.test(store['kind']))
    return 'must have a kind, a name of up to 64 letters and digits, e.g. redis';
  return typeof store['shared'] === 'boolean' ? null : 'must say whether it is shared by several processes: true or false';
}

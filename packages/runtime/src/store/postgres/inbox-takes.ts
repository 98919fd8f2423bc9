import type { Commit } from '../store.ts';
import { toStored, toStoredOrNull } from '../stored-text.ts';
import type { Parameters } from './parameters.ts';

/**
 * The part of a commit that comes before all others: `refused`, the ids of the changes for whose sessions other inbox rows are pending than they take. The function locks the
 * sessions, and is done before the first call is locked: nobody holds a call and waits for a session.
 */
export function refusing(table: (name: string) => string, parameters: Parameters, changes: readonly Commit[]): string {
  const arrays = [
    changes.map(({ call }) => toStored(call.id)),
    changes.map(({ call }) => toStored(call.subAccountId)),
    changes.map(({ call }) => toStoredOrNull(call.sessionId)),
    changes.map(({ takes = [] }) => JSON.stringify(takes.map(({ kind, digest }) => ({ kind: toStored(kind), digest: toStored(digest) })))),
  ];
  const given = arrays.map((values) => `${parameters.add(values)}::text[]`).join(', ');
  return `refused AS MATERIALIZED (SELECT refused.id FROM ${table('inbox_refused')}(${given}) AS refused (id))`;
}

/** A column beside the `id` of what was changed that takes the pending rows, by a function, since the statement itself does not see all of them. */
export function taking(table: (name: string) => string, parameters: Parameters, changes: readonly Commit[]): string {
  const takes = changes.filter((change) => change.takes?.length !== 0);
  const taken = parameters.table('taken', [
    ['call', 'text', takes.map(({ call }) => toStored(call.id))],
    ['account', 'text', takes.map(({ call }) => toStored(call.subAccountId))],
    ['session', 'text', takes.map(({ call }) => toStoredOrNull(call.sessionId))],
  ]);
  return `, (SELECT ${table('inbox_take')}(taken.account, taken.session) FROM ${taken} WHERE taken.call = changed.id) AS taken`;
}

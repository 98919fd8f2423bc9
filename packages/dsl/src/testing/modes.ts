/**
 * How a test call stands between two turns. What the caller hears must not depend on it.
 *
 * - `live`: the machine goes on from where it stands, as a server does that holds the call in memory.
 * - `replayed`: the call is resumed from its journal at each turn, as after a restart of the server.
 * - `restored`: the same, with the journal sent through JSON and the flow compiled anew, as by another server that shares the store.
 */
export const MODES = ['live', 'replayed', 'restored'] as const;
export type Mode = (typeof MODES)[number];

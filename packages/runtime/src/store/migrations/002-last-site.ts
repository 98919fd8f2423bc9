import type { Migration } from './migration.ts';

/** Where a call that is over waited for its caller last. Empty in calls that servers of the release before have ended. */
export const lastSite: Migration = {
  version: 2,
  name: 'last-site',
  oldest: 1,
  sqlite: 'ALTER TABLE calls ADD COLUMN last_site TEXT;',
  // Whoever waits for the table makes all others wait behind it: better to give up in front of a long backup, and to be started again.
  postgres: "SET LOCAL lock_timeout = '2s'; ALTER TABLE $schema.calls ADD COLUMN last_site text;",
};

import { fileURLToPath } from 'node:url';

/** When the calls of the fixtures began, ms since 1970: the servers that wrote them had a clock of their own. */
export const FIXTURE_TIME = Date.UTC(2026, 10, 28, 3, 0, 0);
/** What they sealed with. */
export const FIXTURE_KEY = Buffer.from('thirty-two bytes for a test key!').toString('base64');
/** Where they are: a SQLite file, and the same as statements for Postgres. */
export const SQLITE_FIXTURE = fileURLToPath(new URL('fixtures/release-before.db', import.meta.url));
export const POSTGRES_FIXTURE = fileURLToPath(new URL('fixtures/release-before.sql', import.meta.url));

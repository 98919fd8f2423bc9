import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hookswitch } from '../../packages/cli/src/cli.test-support.ts';
import { testPool } from '../support/postgres.ts';
import type { StorePlace } from '../support/store-place.ts';
import { GuardedCall } from './guarded-call.ts';
import { DATA_KEY, GuardedServer, READ_TOKEN, TOKEN } from './guarded-server.ts';
import { SCENARIOS } from './scenarios.ts';
import { recordSpans } from './spans.ts';
import { type Trace, TraceSearch } from './traces.ts';
import { CARD, PIN, SITES, vault } from './vault.ts';

const MAX_CALLS = 500;

/** What a search came to. */
export interface PrivacyReport {
  readonly traces: readonly Trace[];
  readonly calls: number;
  /** Bytes that were searched. */
  readonly searched: number;
  /** Kinds of what the timelines tell, and codes of what went wrong. */
  readonly happened: ReadonlySet<string>;
}

/** Plays all scenarios on one server, and calls that other code takes over in the middle of a secret; searches the database after each one, and everything else. */
export async function searchEverything(
  place: StorePlace,
  options: { readonly showNumbers: boolean; readonly rounds?: number },
): Promise<PrivacyReport> {
  const search = new TraceSearch([
    { name: 'card', digits: CARD },
    { name: 'pin', digits: PIN },
    { name: 'token', digits: TOKEN },
    { name: 'token of others', digits: READ_TOKEN },
  ]);
  const endSpans = recordSpans((span) => search.look('span', span));
  const start = (sites = SITES) => {
    const holder: { server: GuardedServer | null } = { server: null };
    const slow = (): Promise<void> => new Promise((resolve) => void holder.server?.clock.timer(2_500, resolve));
    return GuardedServer.start(vault(slow, sites), place.url, search, options).then((server) => (holder.server = server));
  };
  try {
    const first = await start();
    let server = first;
    for (let round = 0; round < (options.rounds ?? 1); round++) {
      for (const [name, scenario] of Object.entries(SCENARIOS)) {
        await scenario(server, `${round}`);
        await server.look(1);
        await lookIntoStore(place, search, `the call that ${name}`);
      }
    }
    const atCard = new GuardedCall(server, 'moved at its card');
    const atPin = new GuardedCall(server, 'moved at its PIN');
    for (const call of [atCard, atPin]) await call.begin();
    await atPin.giveCard();
    await server.stop();
    server = await start({ card: 'another-card', pin: 'another-pin' });
    for (const call of [atCard, atPin]) call.movesTo(server);
    await atCard.press(CARD);
    await atPin.press(PIN);
    for (const call of [atCard, atPin]) await call.over({ lastDigits: CARD });
    const ids = await server.look(MAX_CALLS);
    for (const one of first.happened) server.happened.add(one);
    await server.stop();
    await lookIntoStore(place, search, 'the end');
    await lookAtCommands(place, search, ids);
    return { traces: search.found, calls: ids.length, searched: search.searched, happened: server.happened };
  } finally {
    endSpans();
  }
}

/** Files of SQLite as they lie there, journal and all; every row of every table of a Postgres. */
async function lookIntoStore(place: StorePlace, search: TraceSearch, when: string): Promise<void> {
  const { folder } = place;
  if (folder !== null) for (const file of readdirSync(folder)) search.look(`${file}, ${when}`, readFileSync(join(folder, file)));
  if (place.kind !== 'postgres') return;
  const pool = testPool(place.url, 1);
  try {
    const tables = await pool.query<{ name: string }>(
      "select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')",
    );
    for (const { name } of tables.rows) {
      const { rows } = await pool.query<{ row: string }>(`select t::text as row from ${name} t`);
      for (const { row } of rows) search.look(`${name}, ${when}`, row);
    }
  } finally {
    await pool.end();
  }
}

/** What the command line shows and exports, from the store alone. */
async function lookAtCommands(place: StorePlace, search: TraceSearch, ids: readonly string[]): Promise<void> {
  const env = { HOOKSWITCH_STORE: place.url, HOOKSWITCH_DATA_KEYS: DATA_KEY };
  const run = async (...args: readonly string[]): Promise<void> => {
    const { out, err } = await hookswitch(['calls', ...args], { env });
    search.look(`hookswitch calls ${args[0]}`, `${out}\n${err}`);
  };
  await run('list', '--json');
  for (const id of ids) {
    await run('show', id);
    await run('export', id);
  }
}

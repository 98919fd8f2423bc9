import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { openStore, startServer, type Store } from '@hookswitch/runtime';
import { errands } from './errands.ts';
import type { HourFigures, HourOptions } from './hour-process.ts';
import { pacedClock } from './paced-clock.ts';

// The process behind `startHourProcess`: a server whose time passes faster, and which says how it is when it is asked.

const DAY = 24 * 3_600_000;
/** States of sockets in Linux' table. */
const CONNECTED = '01';
const LISTENS = '0A';
/** Of each line of the log, so many are kept. */
const KEPT_LINES = 2;

const { store: url, pace, kept, dataKeys } = JSON.parse(process.argv[2] ?? '{}') as HourOptions;
process.once('disconnect', () => process.exit(1));

const log: Record<string, { count: number; readonly lines: string[] }> = {};
let pruned = 0;

/** A store that is told to keep calls for a day, the least that a server takes, and keeps them for less. */
function forgetful(): Store {
  const store = openStore(url);
  const prune = store.prune.bind(store);
  store.prune = async (endedBefore, limit) => {
    const count = await prune(endedBefore + DAY - kept, limit);
    pruned += count;
    return count;
  };
  return store;
}

function note(line: string): void {
  const { msg, err } = JSON.parse(line) as { readonly msg: string; readonly err?: { readonly message: string } };
  const known = (log[`${msg}${err === undefined ? '' : `: ${err.message}`}`] ??= { count: 0, lines: [] });
  known.count++;
  if (known.lines.length < KEPT_LINES) known.lines.push(line.trim());
}

function figures(): HourFigures {
  globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  const open = readdirSync('/proc/self/fd').map(targetOf);
  const sockets = open.filter((target) => target.startsWith('socket:'));
  return {
    heapMegabytes: heapUsed / 1e6,
    rssMegabytes: rss / 1e6,
    openFiles: open.length - sockets.length,
    sockets: sockets.length,
    leftSockets: closing().filter((inode) => sockets.includes(`socket:[${inode}]`)).length,
    pruned,
    log,
  };
}

/** Inodes of all TCP sockets of the system that neither listen nor are connected. */
function closing(): readonly string[] {
  const rows = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((file) =>
    existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(1) : [],
  );
  return rows.flatMap((row) => {
    const [, , , state = '', , , , , , inode = ''] = row.trim().split(/\s+/);
    return inode === '' || state === CONNECTED || state === LISTENS ? [] : [inode];
  });
}

/** What a file descriptor stands for; the one that was open for the listing is gone by now. */
function targetOf(descriptor: string): string {
  try {
    return readlinkSync(`/proc/self/fd/${descriptor}`);
  } catch {
    return '';
  }
}

const server = await startServer({
  flows: [errands],
  store: forgetful(),
  clock: pacedClock(pace),
  // What a real server may take in real time, it may take here: these don't get shorter with the hour.
  sessions: { retention: DAY, budget: 4_000 * pace, lease: 15_000 * pace },
  allowUnverified: true,
  dataKeys,
  port: 0,
  logLevel: 'warn',
  logStream: { write: note },
});
process.on('message', (message) => {
  if (message === 'look') process.send?.(figures());
  else void server.close().then(() => process.disconnect());
});
process.send?.({ url: server.url });

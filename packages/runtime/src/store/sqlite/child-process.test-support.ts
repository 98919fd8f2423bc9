import { once } from 'node:events';
import { writeSync } from 'node:fs';
import { isHookswitchError } from '@hookswitch/dsl';
import type { StoreUnavailableError } from '../../errors/store-unavailable-error.ts';
import { aCall, aTurn, entries, next } from '../contract/call.ts';
import type { CallRecord, Store } from '../store.ts';
import { createSqliteStore } from './sqlite-store.ts';

/** What `child.test-support.ts` starts: one task with one file, told in lines. */
const tasks: Readonly<Record<string, (file: string) => Promise<void>>> = { hold, write, fill, 'open-as-nobody': openAsNobody };

const [task = '', file = ''] = process.argv.slice(2);
await tasks[task]?.(file);

function say(line: string): void {
  writeSync(1, `${line}\n`);
}

async function told(): Promise<void> {
  await once(process.stdin, 'data');
}

async function open(path: string): Promise<Store> {
  const store = createSqliteStore({ file: path, busyTimeout: 100 });
  await store.open();
  return store;
}

/** Opens the file and keeps it. */
async function hold(path: string): Promise<void> {
  const store = await open(path);
  say('open');
  await told();
  await store.close();
}

/** Changes a few calls over and over, and says of each change that it was acknowledged: `<id> <revision>`. */
async function write(path: string): Promise<void> {
  const store = await open(path);
  const change = async (call: CallRecord): Promise<void> => {
    const turn = call.revision - 1;
    await store.commit({ call: { ...call, journalLength: turn + 1 }, journal: entries(turn, `${turn}`), turn: aTurn(turn) });
    say(`${call.id} ${call.revision}`);
    await change(next(call));
  };
  await Promise.all(Array.from({ length: 8 }, (_, index) => change(aCall({ id: `call-of-${process.pid}-${index}` }))));
}

/** Writes until it can't any more, says why, waits, and tries again. */
async function fill(path: string): Promise<void> {
  const store = await open(path);
  let call = aCall({ id: 'filling' });
  for (;;) {
    try {
      await store.commit({ call, turn: aTurn(call.revision, 'x'.repeat(20_000)) });
    } catch (error) {
      say(`${call.revision} ${reasonOf(error)}`);
      break;
    }
    call = next(call);
  }
  say(`kept ${(await store.load({ id: call.id }))?.call.revision}`);
  await told();
  say(await store.commit({ call, turn: aTurn(call.revision) }));
  await store.close();
}

/** Opens the file without the rights of an administrator, says what came of it, waits, and tries again. */
async function openAsNobody(path: string): Promise<void> {
  if (process.getuid?.() === 0) process.seteuid?.(65_534);
  await open(path).catch((error: unknown) => say(reasonOf(error)));
  await told();
  const store = await open(path);
  say(await store.commit({ call: aCall({ id: 'by nobody' }) }));
  await store.close();
}

function reasonOf(error: unknown): string {
  return isHookswitchError(error) ? `${error.code} ${(error as StoreUnavailableError).reason}` : String(error);
}

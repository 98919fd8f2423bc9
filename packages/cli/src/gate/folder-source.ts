import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isHookswitchError, type JournalFile } from '@hookswitch/dsl';
import { UsageError } from '../errors/usage-error.ts';
import { readJournal } from '../load/read-journal.ts';
import { type CallPage, type GateSource, type ListedCall, OPEN_STATUSES } from './gate-source.ts';

const PAGE = 100;

/** The journals in a folder and in those below it. Throws `UsageError` for a folder that is not there, or holds none. */
export function folderSource(folder: string, cwd: string): GateSource {
  const files = jsonFiles(folder, cwd);
  return {
    name: folder,
    async *pages() {
      for (let start = 0; start < files.length; start += PAGE) yield pageOf(files.slice(start, start + PAGE), cwd);
    },
    journal: (file) => Promise.resolve(readJournal(file, cwd)),
    oldChart: (flow) => Promise.resolve({ why: `A folder of journals has no charts, so that the one of "${flow}" is not compared.` }),
  };
}

function jsonFiles(folder: string, cwd: string): readonly string[] {
  const files = namesIn(folder, cwd)
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .map((name) => join(folder, name));
  if (files.length > 0) return files;
  throw new UsageError(`${folder} holds no journals. Write some with: hookswitch calls export -o ${folder}.`);
}

function namesIn(folder: string, cwd: string): readonly string[] {
  try {
    return readdirSync(resolve(cwd, folder), { recursive: true, encoding: 'utf8' });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'is not there' : code === 'ENOTDIR' ? 'is a file' : `can not be read (${code ?? 'unknown error'})`;
    throw new UsageError(`--from: the folder ${folder} ${why}. Name a folder of exported journals, or the URL of a server: https://….`);
  }
}

function pageOf(files: readonly string[], cwd: string): CallPage {
  const calls: ListedCall[] = [];
  const broken: { readonly file: string; readonly message: string }[] = [];
  for (const file of files) {
    try {
      calls.push(listedCall(file, readJournal(file, cwd)));
    } catch (error) {
      if (!isHookswitchError(error)) throw error;
      broken.push({ file, message: error.message });
    }
  }
  return { calls, broken };
}

function listedCall(file: string, { status, flow, flowVersion, entries, site }: JournalFile): ListedCall {
  const last = entries.at(-1);
  const arrow = last === undefined ? `idle ${site}` : `${last.site} ${'ended' in last ? 'hang-up' : 'answer'} ${site}`;
  return { id: file, isOpen: OPEN_STATUSES.includes(status), flow, flowVersion, arrow };
}

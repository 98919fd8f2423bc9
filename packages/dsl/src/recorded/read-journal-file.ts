import { brokenLine } from './json-line.ts';
import { JournalFileError } from './errors/journal-file-error.ts';
import type { JournalFile } from './recorded-call.ts';

/**
 * Reads what `hookswitch calls export` has written. `file` is what the text is called in messages.
 *
 * @throws JournalFileError for anything else, with the line where it is no JSON.
 */
export function readJournalFile(text: string, file: string): JournalFile {
  const value = parse(text, file);
  if (!isRecord(value) || value['format'] !== 'hookswitch-journal') throw new JournalFileError(file, 'This is no exported journal.');
  const { version, flow, flowVersion, site, status, call, entries, heard } = value;
  if (version !== 1) throw new JournalFileError(file, 'It has a format of another version; export the call again with this one.');
  if (typeof flow !== 'string' || typeof site !== 'string' || !isRecord(call) || !Array.isArray(entries))
    throw new JournalFileError(file, 'A part of it is missing: flow, site, call or entries.');
  const odd = entries.findIndex((entry: unknown) => !isRecord(entry) || typeof entry['site'] !== 'string');
  if (odd >= 0) throw new JournalFileError(file, `entries[${odd}] has no site.`);
  if (heard !== undefined && !isHeard(heard))
    throw new JournalFileError(file, '"heard" is no list of { after, actions }; leave it out, or export the call again.');
  const known = { flowVersion: typeof flowVersion === 'string' ? flowVersion : '1', status: typeof status === 'string' ? status : 'ended' };
  return { ...value, ...known } as unknown as JournalFile;
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const line = brokenLine(text);
    throw new JournalFileError(file, `This is not JSON (line ${line}).`, line, error);
  }
}

function isHeard(heard: unknown): boolean {
  return (
    Array.isArray(heard) &&
    heard.every(
      (batch: unknown) =>
        isRecord(batch) &&
        typeof batch['after'] === 'number' &&
        Array.isArray(batch['actions']) &&
        batch['actions'].every((action: unknown) => isRecord(action) && typeof action['action'] === 'string'),
    )
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

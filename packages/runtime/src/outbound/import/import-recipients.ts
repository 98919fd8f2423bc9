import type { NewRecipient, OutboundStore } from '../../store/outbound/outbound-store.ts';
import type { ParamType } from './columns.ts';
import { csvRows } from './csv-rows.ts';
import { ndjsonRows } from './ndjson-rows.ts';
import { textOf } from './read-source.ts';
import { isProblems, type RowFault, type RowProblem } from './source-row.ts';
import { type RecipientRules, toRecipient, type ZoneSource } from './to-recipient.ts';

/** Rows that are added in one statement. */
const BATCH = 500;
/** Problems that are told one by one; further ones are only counted. */
export const MAX_PROBLEMS = 1_000;

/** What an import has come to so far. */
export interface ImportProgress {
  /** Bytes that were read. */
  readonly bytes: number;
  /** Rows that were read, the header left out. */
  readonly rows: number;
  /** Rows that were new. */
  readonly added: number;
  /** Rows whose key was there already. */
  readonly known: number;
  /** Rows with problems. */
  readonly refused: number;
  /** How many rows have a problem, by the first of each. */
  readonly faults: Readonly<Partial<Record<RowFault, number>>>;
  /** From where the zones of added and known rows came. */
  readonly zones: Readonly<Record<ZoneSource, number>>;
}

/** What an import is done with. */
export interface ImportRequest {
  readonly campaign: string;
  readonly format: 'csv' | 'ndjson';
  readonly source: AsyncIterable<Uint8Array>;
  readonly rules: RecipientRules;
  /** What the columns of a CSV file hold that are params. */
  readonly params: ReadonlyMap<string, ParamType>;
  /** Columns of a CSV file that are passed over. */
  readonly ignored: readonly string[];
}

/** What an import tells as it goes on. */
export type ImportNote = { readonly problem: RowProblem } | { readonly progress: ImportProgress };

/**
 * Adds the rows of a source to a campaign, batch after batch, and tells of each row with problems, and of each batch. A row is known by its key: the same source again adds nothing
 * that is there, and two imports at once add each row once. The last note is what it came to. Throws `ImportError` where the source can't be read any further.
 */
export async function* importRecipients(
  store: OutboundStore,
  { campaign, source, format, rules, params, ignored }: ImportRequest,
): AsyncGenerator<ImportNote> {
  const read = { bytes: 0 };
  const texts = textOf(source, read);
  const rows = format === 'csv' ? csvRows(texts, { params, ignored }) : ndjsonRows(texts);
  const tally = new Tally();
  let batch: NewRecipient[] = [];
  const flush = async (): Promise<void> => {
    tally.add(batch.length, batch.length === 0 ? 0 : await store.addRecipients(campaign, batch));
    batch = [];
  };
  try {
    for await (const row of rows) {
      tally.rows++;
      const judged = isProblems(row) ? { problems: row } : await toRecipient(row, rules);
      if ('problems' in judged) for (const problem of tally.refuse(judged.problems)) yield { problem };
      else {
        tally.zones[judged.zone]++;
        batch.push(judged.recipient);
      }
      if (batch.length < BATCH && tally.rows % BATCH !== 0) continue;
      await flush();
      yield { progress: tally.progress(read.bytes) };
    }
  } catch (error) {
    // What was read before a row that can't be read is kept.
    await flush();
    yield { progress: tally.progress(read.bytes) };
    throw error;
  }
  await flush();
  yield { progress: tally.progress(read.bytes) };
}

class Tally {
  rows = 0;
  readonly zones: Record<ZoneSource, number> = { given: 0, country: 0, default: 0 };
  #added = 0;
  #known = 0;
  #refused = 0;
  #told = 0;
  readonly #faults: Partial<Record<RowFault, number>> = {};

  add(given: number, added: number): void {
    this.#added += added;
    this.#known += given - added;
  }

  /** Counts a row with problems; gives those that are told. */
  refuse(problems: readonly RowProblem[]): readonly RowProblem[] {
    this.#refused++;
    const fault = problems[0]?.fault;
    if (fault !== undefined) this.#faults[fault] = (this.#faults[fault] ?? 0) + 1;
    const told = problems.slice(0, MAX_PROBLEMS - this.#told);
    this.#told += told.length;
    return told;
  }

  progress(bytes: number): ImportProgress {
    const { rows, zones } = this;
    return {
      bytes,
      rows,
      added: this.#added,
      known: this.#known,
      refused: this.#refused,
      faults: { ...this.#faults },
      zones: { ...zones },
    };
  }
}

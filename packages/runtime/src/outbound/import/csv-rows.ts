import { finished } from 'node:stream/promises';
import { parse, type Parser } from 'csv-parse';
import { ImportError } from '../../errors/import-error.ts';
import { maskText } from '../../observe/mask-text.ts';
import { type Column, type ParamType, readHeader } from './columns.ts';
import { MAX_ROW, tooLong } from './read-source.ts';
import type { ReadRow, RowProblem } from './source-row.ts';

/** Between cells. */
const DELIMITERS = [',', ';', '\t'] as const;
/** Of a cell that is repeated in a message. */
const MAX_VALUE = 40;

/** How a CSV file is read. */
export interface CsvOptions {
  readonly params: ReadonlyMap<string, ParamType>;
  /** Columns that are passed over. */
  readonly ignored: readonly string[];
}

/** What the parser says of a row that it can't read. */
interface ParseFault extends Error {
  readonly code?: string;
  readonly lines?: number;
}

/** A row, or a fault in its place, and the line in which it ends. */
type Parsed = { readonly end: number } & ({ readonly cells: readonly string[] } | { readonly fault: ParseFault });

/**
 * Rows of a CSV file with a header, one at a time. Cells are separated by commas, semicolons or tabs, whatever the header has most of. Throws `ImportError` for what can't be read
 * any further: a bad header, a quote that is never closed, a row that is too long.
 */
export async function* csvRows(texts: AsyncIterable<string>, { params, ignored }: CsvOptions): AsyncGenerator<ReadRow> {
  let columns: readonly Column[] | null = null;
  let end = 0;
  for await (const row of parsed(texts)) {
    if ('fault' in row) yield [faultOf(row.fault, end + 1)];
    else {
      const line = row.end - row.cells.reduce((breaks, cell) => breaks + cell.split('\n').length - 1, 0);
      if (columns === null) columns = readHeader(row.cells, params, ignored);
      else yield rowOf(line, row.cells, columns);
    }
    end = row.end;
  }
  if (columns === null) throw new ImportError('HS_IMPORT_EMPTY', null, 'The file is empty. Its first line names the columns: number, …');
}

/** All rows, in their order; no more is read than was asked for. */
async function* parsed(texts: AsyncIterable<string>): AsyncGenerator<Parsed> {
  const rows: Parsed[] = [];
  let parser: Parser | null = null;
  let broken: { readonly error: unknown } | null = null;
  try {
    for await (const text of texts) {
      parser ??= createParser(delimiterOf(text.split('\n', 1)[0] ?? ''), rows);
      await written(parser, text);
      yield* rows.splice(0);
    }
  } catch (error) {
    broken = { error };
  }
  // The parser holds the last row back until it knows that nothing follows.
  if (parser !== null) {
    parser.end();
    await finished(parser, { readable: false });
    yield* rows.splice(0);
  }
  if (broken !== null) throw broken.error;
}

function createParser(delimiter: string, rows: Parsed[]): Parser {
  const parser = parse({
    delimiter,
    record_delimiter: ['\r\n', '\n'],
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: MAX_ROW,
    // Rows are taken here, in one order with faults; nothing waits in the stream.
    on_record: (cells: readonly string[], { lines }) => {
      rows.push({ cells, end: lines });
      return null;
    },
  });
  parser.on('skip', (fault: ParseFault) => rows.push({ fault, end: fault.lines ?? 0 }));
  return parser.resume();
}

function written(parser: Parser, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    parser.write(text, (error) => (error == null ? resolve() : reject(error)));
  });
}

/** What is wrong with a row of which the parser can read the rest; throws `ImportError` for others. `line`: the one behind the row before. */
function faultOf(fault: ParseFault, line: number): RowProblem {
  if (fault.code === 'CSV_MAX_RECORD_SIZE') throw tooLong(line);
  if (fault.code !== 'INVALID_OPENING_QUOTE') throw unclosed(line);
  const message = 'a quote stands in the middle of a cell. Put the whole cell in quotes, and write " within it as "".';
  return { line: fault.lines ?? line, column: null, fault: 'quote', value: null, message };
}

function unclosed(line: number): ImportError {
  return new ImportError(
    'HS_IMPORT_QUOTE',
    line,
    'a quote in the row that begins here is not closed, or something follows the one that closes it. Close it; write " within a cell as "".',
  );
}

function delimiterOf(header: string): string {
  const counts = DELIMITERS.map((delimiter) => header.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
}

function rowOf(line: number, cells: readonly string[], columns: readonly Column[]): ReadRow {
  if (cells.length !== columns.length) {
    const message = `has ${cells.length} cells, but the header has ${columns.length} columns. Put cells in which the separator stands into quotes.`;
    return [{ line, column: null, fault: 'columns', value: null, message }];
  }
  const fields: Partial<Record<'key' | 'number' | 'zone' | 'country' | 'notBefore', string>> = {};
  const params: Record<string, unknown> = {};
  const problems: RowProblem[] = [];
  for (const [index, column] of columns.entries()) {
    const text = (cells[index] ?? '').trim();
    if (column.kind === 'ignored' || text === '') continue;
    if (column.kind === 'field') fields[column.field] = text;
    else {
      const value = valueOf(text, column.type);
      if (value === undefined) {
        const message = `must be ${column.type === 'number' ? 'a number, such as 12.50' : 'true or false'}.`;
        problems.push({ line, column: column.name, fault: 'params', value: maskText(text.slice(0, MAX_VALUE), 'strict'), message });
      } else put(params, column.path, value);
    }
  }
  const { key = null, number = '', zone = null, country = null, notBefore = null } = fields;
  return problems.length > 0 ? problems : { line, key, number, zone, country, notBefore, params };
}

function valueOf(text: string, type: ParamType): unknown {
  if (type === 'text') return text;
  if (type === 'boolean') return /^(true|false)$/i.test(text) ? text.toLowerCase() === 'true' : undefined;
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
}

function put(params: Record<string, unknown>, [name = '', ...rest]: readonly string[], value: unknown): void {
  const own = Object.hasOwn(params, name) ? params[name] : undefined;
  const at = rest.length === 0 ? value : typeof own === 'object' && own !== null ? own : {};
  if (rest.length > 0) put(at as Record<string, unknown>, rest, value);
  Object.defineProperty(params, name, { value: at, enumerable: true, configurable: true, writable: true });
}

import { didYouMean } from '@hookswitch/dsl';
import { ImportError } from '../../errors/import-error.ts';
import { FIELDS } from './columns.ts';
import { linesOf } from './read-source.ts';
import type { ReadRow, RowProblem } from './source-row.ts';

const NAMES = [...FIELDS, 'params'] as const;

/** Rows of a file with one JSON object a line, e.g. `{"key":"4711","number":"+6591234567","params":{"name":"Ann"}}`. */
export async function* ndjsonRows(texts: AsyncIterable<string>): AsyncGenerator<ReadRow> {
  let count = 0;
  for await (const { line, text } of linesOf(texts)) {
    if (text.trim() === '') continue;
    count++;
    yield rowOf(line, text);
  }
  if (count === 0)
    throw new ImportError('HS_IMPORT_EMPTY', null, 'The file is empty. It has one JSON object a line: {"number":"+…","params":{…}}.');
}

function rowOf(line: number, text: string): ReadRow {
  const wrong = (column: string | null, fault: RowProblem['fault'], message: string): RowProblem => ({
    line,
    column,
    fault,
    value: null,
    message,
  });
  let row: unknown;
  try {
    row = JSON.parse(text);
  } catch {
    return [wrong(null, 'json', 'is no JSON. Write one object a line: {"number":"+…","params":{…}}.')];
  }
  if (typeof row !== 'object' || row === null || Array.isArray(row))
    return [wrong(null, 'json', 'must be a JSON object: {"number":"+…"}.')];
  const given = row as Readonly<Record<string, unknown>>;
  const problems = Object.keys(given)
    .filter((name) => !(NAMES as readonly string[]).includes(name))
    .map((name) =>
      wrong(
        name.slice(0, 60),
        'columns',
        `is none of ${NAMES.join(', ')}. ${didYouMean(name, NAMES)}What the flow needs goes into "params".`,
      ),
    );
  const textOf = (name: (typeof FIELDS)[number]): string | null => {
    const value = given[name];
    if (value === undefined || value === null || value === '') return null;
    if (typeof value === 'string') return value.trim();
    if (name === 'key' && typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
    problems.push(wrong(name, name === 'notBefore' ? 'time' : name, 'must be a text. Put it in quotes.'));
    return null;
  };
  const [key, number, zone, country, notBefore] = FIELDS.map(textOf) as readonly (string | null)[];
  const { params = {} } = given;
  if (typeof params !== 'object' || params === null || Array.isArray(params))
    problems.push(wrong('params', 'params', 'must be an object: {"name":"Ann"}.'));
  if (problems.length > 0) return problems;
  return {
    ...{ line, key: key ?? null, number: number ?? '', zone: zone ?? null, country: country ?? null, notBefore: notBefore ?? null },
    params: params as Readonly<Record<string, unknown>>,
  };
}

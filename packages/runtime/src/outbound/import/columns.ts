import { didYouMean, nearMiss } from '@hookswitch/dsl';
import { ImportError } from '../../errors/import-error.ts';

/** Columns and fields that say something by themselves; all others are params. */
export const FIELDS = ['key', 'number', 'zone', 'country', 'notBefore'] as const;
export type Field = (typeof FIELDS)[number];

/** What a column holds. */
export type Column =
  | { readonly kind: 'field'; readonly field: Field; readonly name: string }
  | { readonly kind: 'param'; readonly path: readonly string[]; readonly type: ParamType; readonly name: string }
  | { readonly kind: 'ignored'; readonly name: string };

/** How the text of a cell is read. */
export type ParamType = 'text' | 'number' | 'boolean';

const PARAMS = 'params.';

/** What the flow's examples say of its params: each that is no object, by its path, e.g. `appointment.day`. */
export function paramTypes(examples: readonly unknown[]): ReadonlyMap<string, ParamType> {
  const types = new Map<string, ParamType>();
  const visit = (value: unknown, path: readonly string[]): void => {
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      for (const [name, one] of Object.entries(value)) visit(one, [...path, name]);
    else if (path.length > 0)
      types.set(path.join('.'), typeof value === 'number' ? 'number' : typeof value === 'boolean' ? 'boolean' : 'text');
  };
  for (const example of examples) visit(example, []);
  return types;
}

/**
 * What the columns of a header hold. Throws one `ImportError` that names all that is wrong: a column twice or unknown, none for the number. Where the flow has no examples of its
 * params, every other column is one of them, but for what looks like a slip.
 */
export function readHeader(cells: readonly string[], known: ReadonlyMap<string, ParamType>, ignored: readonly string[]): readonly Column[] {
  const names = cells.map((cell) => cell.trim());
  const wrong: string[] = [];
  const columns = names.map((name, index): Column => {
    if (name === '') wrong.push(`column ${index + 1} has no name`);
    else if (names.indexOf(name) < index) wrong.push(`the column ${quote(name)} is there twice`);
    return columnOf(name, known, ignored, wrong);
  });
  for (const name of ignored)
    if (!names.includes(name)) wrong.push(`there is no column ${quote(name)} to ignore. ${didYouMean(name, names)}`.trim());
  const isThere = columns.some((column) => column.kind === 'field' && column.field === 'number');
  if (!isThere) wrong.push('there is no column "number" with the numbers to call');
  if (wrong.length > 0) throw new ImportError('HS_IMPORT_HEADER', 1, `${wrong.join('; ')}. Mend the header; nothing was imported.`);
  return columns;
}

function columnOf(name: string, known: ReadonlyMap<string, ParamType>, ignored: readonly string[], wrong: string[]): Column {
  if (ignored.includes(name) || name === '') return { kind: 'ignored', name };
  const field = FIELDS.find((one) => one === name);
  if (field !== undefined) return { kind: 'field', field, name };
  const isNamed = name.startsWith(PARAMS);
  const path = isNamed ? name.slice(PARAMS.length) : name;
  const type = known.get(path);
  if (!isNamed && type === undefined && (known.size > 0 || isSlip(name))) wrong.push(unknownColumn(name, [...FIELDS, ...known.keys()]));
  return { kind: 'param', path: path.split('.'), type: type ?? 'text', name };
}

/** Whether a name is probably one of ours that was mistyped; `orderNumber` is not. */
function isSlip(name: string): boolean {
  const near = nearMiss(name, FIELDS)?.toLowerCase();
  return near !== undefined && (name.toLowerCase() === near || !name.toLowerCase().includes(near));
}

function unknownColumn(name: string, known: readonly string[]): string {
  return `there is no column ${quote(name)}: ${didYouMean(name, known)}it is one of ${known.join(', ')}; or call it ${quote(PARAMS + name)}, or have it ignored`;
}

const quote = (name: string): string => JSON.stringify(name.slice(0, 60));

import { isUtf8 } from 'node:buffer';
import { ImportError } from '../../errors/import-error.ts';

/** Bytes of one row at most. */
export const MAX_ROW = 65_536;

/** What was read of a source so far. */
export interface SourceProgress {
  bytes: number;
}

const NEWLINE = 0x0a;

/** The text of a source, in pieces of whole lines. A byte order mark is left out. Throws `ImportError` for bytes that are no UTF-8, once all lines before them were given. */
export async function* textOf(bytes: AsyncIterable<Uint8Array>, progress: SourceProgress): AsyncGenerator<string> {
  let line = 1;
  let rest: Uint8Array = new Uint8Array();
  for await (const chunk of bytes) {
    progress.bytes += chunk.byteLength;
    const all = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const end = all.lastIndexOf(NEWLINE) + 1;
    for (const text of decode(all.subarray(0, end), line)) {
      yield text;
      for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) line++;
    }
    rest = all.subarray(end);
    if (rest.length > MAX_ROW) throw tooLong(line);
  }
  yield* decode(rest, line);
}

/** Whole lines as text, of which the first has the number `line`. */
function* decode(bytes: Uint8Array, line: number): Generator<string> {
  // A mark that stands elsewhere than at the beginning is a character like any other.
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: line > 1 });
  try {
    if (bytes.length > 0) yield decoder.decode(bytes);
    return;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
  for (let from = 0; from < bytes.length; line++) {
    const end = bytes.indexOf(NEWLINE, from) + 1 || bytes.length;
    const text = new TextDecoder('utf-8', { ignoreBOM: line > 1 }).decode(bytes.subarray(from, end));
    if (!isUtf8(bytes.subarray(from, end)))
      throw new ImportError(
        'HS_IMPORT_ENCODING',
        line,
        'is not UTF-8. Save the file as UTF-8 (in Excel: “CSV UTF-8”), and import it again.',
      );
    yield text;
    from = end;
  }
}

/** Lines of a text, without what ends them. Throws `ImportError` for one that is too long. */
export async function* linesOf(texts: AsyncIterable<string>): AsyncGenerator<{ readonly line: number; readonly text: string }> {
  let line = 1;
  let rest = '';
  for await (const text of texts) {
    rest += text;
    let from = 0;
    for (let at = rest.indexOf('\n', from); at >= 0; at = rest.indexOf('\n', from)) {
      demandLength(at - from, line);
      yield { line: line++, text: rest.slice(from, at).replace(/\r$/, '') };
      from = at + 1;
    }
    rest = rest.slice(from);
    demandLength(rest.length, line);
  }
  if (rest !== '') yield { line, text: rest };
}

function demandLength(length: number, line: number): void {
  if (length > MAX_ROW) throw tooLong(line);
}

/** A row that is too long, whatever the reason. */
export function tooLong(line: number): ImportError {
  return new ImportError(
    'HS_IMPORT_ROW_LENGTH',
    line,
    `the row that begins here has more than ${MAX_ROW / 1_024} KB. Look for a quote that is never closed.`,
  );
}

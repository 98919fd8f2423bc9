import { readFileSync } from 'node:fs';
import { TextFileError } from '../errors/text-file-error.ts';

const UTF_8 = new TextDecoder('utf-8', { fatal: true });
const SAVE_ANEW = 'Save it as UTF-8; in PowerShell: Set-Content -Encoding utf8.';

/**
 * The text of a file, as every command reads it: UTF-8, with or without a byte order mark. `shown` is its path as the user would write it. Throws `TextFileError`
 * for another encoding, which would be read as garbage or as nothing, and where the system refuses.
 */
export function readText(path: string, shown: string): string {
  const bytes = bytesOf(path, shown);
  const encoding = otherEncoding(bytes);
  if (encoding !== null) throw new TextFileError(shown, `is ${encoding}, not UTF-8. ${SAVE_ANEW}`);
  try {
    return UTF_8.decode(bytes);
  } catch (error) {
    throw new TextFileError(shown, `is not UTF-8: it holds bytes that no UTF-8 text has. ${SAVE_ANEW}`, error);
  }
}

function bytesOf(path: string, shown: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new TextFileError(shown, REASONS[code ?? ''] ?? `can not be read (${code ?? 'unknown error'}).`, error);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'is not there.',
  EISDIR: 'is a folder, not a file.',
  EACCES: 'may not be read by this user. Change its rights.',
  EPERM: 'may not be read by this user. Change its rights.',
};

/** By its byte order mark, else by the zero bytes that every other letter has in UTF-16; no text has them in UTF-8. */
function otherEncoding(bytes: Buffer): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes[2] === 0 && bytes[3] === 0 && bytes.length >= 4 ? 'UTF-32' : 'UTF-16';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'UTF-16';
  const zero = bytes.indexOf(0);
  return zero < 0 ? null : zero <= 3 ? 'UTF-16 or UTF-32' : 'binary';
}

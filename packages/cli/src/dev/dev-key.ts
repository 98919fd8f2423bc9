import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readText } from '../load/read-text.ts';

const BYTES = 32;

/** The key that seals sensitive values in development: made once per project, readable by its owner alone. Real calls need `HOOKSWITCH_DATA_KEYS`. */
export function devKey(folder: string): string {
  const file = join(folder, 'dev.key');
  try {
    const known = readText(file, file).trim();
    if (Buffer.from(known, 'base64').length === BYTES) return known;
  } catch {
    // Not made yet.
  }
  const key = randomBytes(BYTES).toString('base64');
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, `${key}\n`, { mode: 0o600 });
  chmodSync(file, 0o600);
  return key;
}

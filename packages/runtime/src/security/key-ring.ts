import { createHash, createSecretKey, type KeyObject } from 'node:crypto';
import { SealKeyInvalidError } from '../errors/seal-key-invalid-error.ts';

/** One data key. */
export interface DataKey {
  /** Says which key sealed a text; made of the key's digest, eight letters and digits. */
  readonly id: string;
  /** An opaque object: printing it shows no key. */
  readonly secret: KeyObject;
}

const KEY_BYTES = 32;
const ID_LENGTH = 8;

/**
 * The data keys of `HOOKSWITCH_DATA_KEYS`: base64 (also its URL form) of 32 bytes each, separated by commas or spaces. The first one seals, any opens.
 * Empty where nothing is set.
 *
 * @throws SealKeyInvalidError
 */
export function parseDataKeys(text: string | undefined): readonly DataKey[] {
  const parts = (text ?? '').split(/[\s,]+/).filter((part) => part !== '');
  const keys = parts.map((part, index) => parseKey(part, index + 1));
  return keys.filter((key, index) => keys.findIndex(({ id }) => id === key.id) === index);
}

function parseKey(text: string, position: number): DataKey {
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(text)) throw new SealKeyInvalidError(position, 'is not base64');
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length !== KEY_BYTES) throw new SealKeyInvalidError(position, `is ${bytes.length} bytes long`);
  if (bytes.every((byte) => byte === bytes[0])) throw new SealKeyInvalidError(position, 'is one byte repeated, which anybody can guess');
  const id = createHash('sha256').update('hookswitch data key').update(bytes).digest('hex').slice(0, ID_LENGTH);
  return { id, secret: createSecretKey(bytes) };
}

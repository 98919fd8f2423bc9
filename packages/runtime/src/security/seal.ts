import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { SealKeyMissingError } from '../errors/seal-key-missing-error.ts';
import { SealOpenError } from '../errors/seal-open-error.ts';
import type { DataKey } from './key-ring.ts';

/** Where a sealed text belongs: it can be opened nowhere else. */
export interface SealPlace {
  /** Our own id of the call. */
  readonly callId: string;
  /** Index of the journal entry, or a name that no entry has, such as `answer-3`. */
  readonly index: number | string;
}

/** Encrypts texts at rest. */
export interface Sealer {
  /** Whether there is a key to seal with. */
  readonly canSeal: boolean;
  /** @throws SealKeyMissingError where there is no key. */
  seal(text: string, place: SealPlace): string;
  /** @throws SealKeyMissingError where the key is gone, SealOpenError where the text was changed or belongs to another place. */
  open(sealed: string, place: SealPlace): string;
}

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;
/** `hs1.<key id>.<base64url of initialisation vector, ciphertext and tag>`: no JSON begins so. The number is the format's version. */
const SEALED = /^hs1\.([0-9a-f]{8})\.([A-Za-z0-9_-]+)$/;

/** Tells a sealed text from a plain one. */
export function isSealed(text: string): boolean {
  return SEALED.test(text);
}

/** A sealer for the keys of `parseDataKeys`: AES-256-GCM, with the call and the place in it as authenticated data. */
export function createSealer(keys: readonly DataKey[]): Sealer {
  const [first] = keys;
  return {
    canSeal: first !== undefined,

    seal(text, place) {
      if (first === undefined) throw new SealKeyMissingError(null);
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv(CIPHER, first.secret, iv, { authTagLength: TAG_BYTES });
      cipher.setAAD(authenticated(place));
      const bytes = Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return `hs1.${first.id}.${bytes.toString('base64url')}`;
    },

    open(sealed, place) {
      const [, keyId, payload] = SEALED.exec(sealed) ?? [];
      if (keyId === undefined || payload === undefined) throw new SealOpenError(place.callId, place.index, 'is not a sealed value');
      const key = keys.find(({ id }) => id === keyId);
      if (key === undefined) throw new SealKeyMissingError(first === undefined ? null : keyId);
      const bytes = Buffer.from(payload, 'base64url');
      if (bytes.length < IV_BYTES + TAG_BYTES) throw new SealOpenError(place.callId, place.index, 'is cut off');
      const decipher = createDecipheriv(CIPHER, key.secret, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
      decipher.setAAD(authenticated(place));
      decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
      try {
        return decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
      } catch {
        throw new SealOpenError(place.callId, place.index, 'does not fit its key and its place');
      }
    },
  };
}

function authenticated({ callId, index }: SealPlace): Buffer {
  return Buffer.from(`${callId}:${index}`, 'utf8');
}

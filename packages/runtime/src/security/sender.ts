import { createHash, timingSafeEqual } from 'node:crypto';
import { SharedSecretError } from '../errors/shared-secret-error.ts';
import { type AddressList, isLoopback } from './address-list.ts';

/** Checks the `Authorization` header of webhooks. */
export interface SharedSecret {
  /** True when `authorization` is one of the secrets. Takes as long whichever it is, and whether it is one. */
  matches(authorization: string | readonly string[] | undefined): boolean;
  /** Positions, from 1, of secrets that are short enough to be guessed: worth a warning at start. */
  readonly weak: readonly number[];
}

const MIN_STRONG_LENGTH = 16;
const SCHEME = /^[A-Za-z][A-Za-z0-9-]*\s+/;

/**
 * The secrets that webhooks may carry; several at once while one is being exchanged. Each is the value that a webhook was created with at 8x8
 * (`httpAuthHeader`), verbatim: `Bearer x` and `Basic x` with their first word, a bare value without one.
 *
 * @throws SharedSecretError where there is none, or one can't be sent in a header.
 */
export function createSharedSecret(secrets: readonly string[]): SharedSecret {
  if (secrets.length === 0) throw new SharedSecretError(null, 'the list is empty');
  secrets.forEach((secret, index) => check(secret, index + 1));
  const digests = secrets.map(digest);
  return {
    matches(authorization) {
      if (typeof authorization !== 'string') return false;
      const came = digest(authorization.trim());
      // No early way out: how long it takes must not say which one was right.
      return digests.reduce((found, expected) => timingSafeEqual(came, expected) || found, false);
    },
    weak: secrets.flatMap((secret, index) => (secret.replace(SCHEME, '').length < MIN_STRONG_LENGTH ? [index + 1] : [])),
  };
}

/** Digests are equally long, whatever came: that is what timingSafeEqual needs. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function check(secret: unknown, position: number): void {
  if (typeof secret !== 'string') throw new SharedSecretError(position, `must be a text, got ${typeof secret}`);
  if (secret.trim() === '') throw new SharedSecretError(position, 'is empty');
  if (secret !== secret.trim()) throw new SharedSecretError(position, 'begins or ends with a space, which a header drops');
  if (!/^[\x20-\x7E]+$/.test(secret))
    throw new SharedSecretError(position, 'has characters that a header can not carry (only printable ASCII is)');
}

/** What is known of the sender of a webhook. */
export interface Sender {
  /** The `Authorization` header. */
  readonly authorization: string | readonly string[] | undefined;
  /** Fastify's `request.ip`: the peer's address, or what trusted proxies say. */
  readonly address: string | undefined;
  /** Whether a proxy passed the request on: it says so in a header. */
  readonly forwarded: boolean;
  /** Whether a page of another origin has its browser send it; see `isForeign`. */
  readonly foreign: boolean;
}

/** `secret-missing`: the header is not there; `secret-wrong`: it is another; `address`: not on the list; `secret-required`: none is set, and it comes from outside; `foreign`: none is set, and a page of another origin sends it. */
export type Refusal = 'secret-missing' | 'secret-wrong' | 'address' | 'secret-required' | 'foreign';

/** Says whether a webhook comes from 8x8: null when it does, else why not. To be answered with 401. */
export type VerifySender = (sender: Sender) => Refusal | null;

/** Settings of `createVerifier`. */
export interface VerifyOptions {
  /** Null only on loopback, for development. */
  readonly secret: SharedSecret | null;
  /** In addition to the secret. @default null: any address */
  readonly addresses?: AddressList | null;
}

/**
 * The check that stands before every webhook. Without a secret only this machine's own requests pass: none that a proxy or tunnel passed on, and none that a page
 * in a browser of this machine sends across origins.
 */
export function createVerifier({ secret, addresses = null }: VerifyOptions): VerifySender {
  return (sender) => {
    const { authorization, address } = sender;
    if (secret === null) {
      if (sender.forwarded || !isLoopback(address)) return 'secret-required';
      if (sender.foreign) return 'foreign';
    } else if (!secret.matches(authorization)) {
      return authorization === undefined ? 'secret-missing' : 'secret-wrong';
    }
    return addresses === null || addresses.has(address) ? null : 'address';
  };
}

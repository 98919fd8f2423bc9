import { type AddressList, isLoopback } from '../security/address-list.ts';
import type { SharedSecret } from '../security/shared-secret.ts';

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
  return ({ authorization, address, forwarded, foreign }) => {
    if (secret === null) {
      if (forwarded || !isLoopback(address)) return 'secret-required';
      if (foreign) return 'foreign';
    } else if (!secret.matches(authorization)) {
      return authorization === undefined ? 'secret-missing' : 'secret-wrong';
    }
    return addresses === null || addresses.has(address) ? null : 'address';
  };
}

import type { UnreachableReason } from '../errors/index.ts';

/** Why a request brought no answer, and whether that rules out that the platform got it. */
export interface NetworkFailure {
  readonly reason: UnreachableReason;
  /** True only where no byte of the request can have left. */
  readonly nothingSent: boolean;
}

/** Codes of Node and undici for a connection that was made, but not trusted: the request follows only after the check. */
const CERTIFICATE = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REVOKED',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);
const RESET = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);
const TIMEOUT = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'ETIMEDOUT']);

/** Reads what `fetch` threw. Whatever is not known for certain counts as sent. */
export function readFailure(thrown: unknown, depth = 0): NetworkFailure {
  if (typeof thrown !== 'object' || thrown === null || depth > 8) return { reason: 'network', nothingSent: false };
  const { code, syscall, cause, errors } = thrown as Record<string, unknown>;
  if (Array.isArray(errors) && errors.length > 0) {
    // A host with several addresses: each was tried, and each has its own error.
    const all = errors.map((error) => readFailure(error, depth + 1));
    return { reason: all[0]?.reason ?? 'network', nothingSent: all.every((failure) => failure.nothingSent) };
  }
  if (syscall === 'getaddrinfo' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') return { reason: 'dns', nothingSent: true };
  if (code === 'ECONNREFUSED') return { reason: 'refused', nothingSent: true };
  if (syscall === 'connect' || code === 'UND_ERR_CONNECT_TIMEOUT') return { reason: 'connect', nothingSent: true };
  if (typeof code === 'string') {
    if (CERTIFICATE.has(code)) return { reason: 'certificate', nothingSent: true };
    if (RESET.has(code)) return { reason: 'reset', nothingSent: false };
    if (TIMEOUT.has(code)) return { reason: 'timeout', nothingSent: false };
  }
  return cause === undefined ? { reason: 'network', nothingSent: false } : readFailure(cause, depth + 1);
}

/**
 * How requests are tried again.
 *
 * A telephony POST must never be retried blindly: sent twice, it rings twice. `createCallflow` is therefore tried again only where it is certain
 * that no call was started: the connection was never made (refused, no route, DNS), 8x8 answered HTTP 429, or HTTP 503 with an explicit
 * `NOT_CREATED`. Everything else does no harm when it arrives twice (reads; removals; a webhook and a recording target of which a subaccount has
 * one per type, so that setting it again gives the same state) and is tried again after broken connections, timeouts, and HTTP 408, 429, 500, 502, 503, 504.
 */
export interface RetryPolicy {
  /** How often a request is tried again, 0..10. @default 2 */
  readonly limit: number;
  /** Milliseconds before the first repetition, doubled for each further one; half of it is random. @default 250 */
  readonly baseDelay: number;
  /** Longest wait in milliseconds, `Retry-After` aside. @default 8000 */
  readonly maxDelay: number;
  /** Longest `Retry-After` in milliseconds that is waited for; after a longer one the error is thrown at once, with its `retryAfter`. @default 30000 */
  readonly maxRetryAfter: number;
}

/** Milliseconds to wait after attempt number `attempt` (from 1) failed, or null to give up. `random` gives a number in [0, 1). */
export function retryDelay(policy: RetryPolicy, attempt: number, retryAfter: number | null, random: () => number): number | null {
  if (attempt > policy.limit) return null;
  if (retryAfter !== null) {
    return retryAfter > policy.maxRetryAfter ? null : Math.round(retryAfter + random() * policy.baseDelay);
  }
  const delay = Math.min(policy.maxDelay, policy.baseDelay * 2 ** (attempt - 1));
  return Math.round(delay / 2 + (random() * delay) / 2);
}

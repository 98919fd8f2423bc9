import { type HookswitchError, isHookswitchError } from '@hookswitch/dsl';
import { sleep } from '../clock.ts';
import { PlatformUnreachableError } from '../errors/index.ts';
import type { ClientSettings } from './client-options.ts';
import { type Exchange, exchange } from './exchange.ts';
import { createRedactor } from './redact.ts';
import { retryDelay } from './retry-policy.ts';
import { TokenBucket } from './token-bucket.ts';

/** One request to the API of a subaccount. */
export interface Operation {
  /** Method and endpoint without ids or numbers, e.g. `GET numbers/{number}`: what errors and reports show. */
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Below the subaccount, percent-encoded, e.g. `numbers/6512345678`. */
  readonly path: string;
  /** Sent as JSON; undefined for no body. */
  readonly body?: unknown;
}

/** Options that every method of the client takes. */
export interface RequestOptions {
  /** Ends the request, also while it waits for the rate limit or between two attempts. */
  readonly signal?: AbortSignal;
}

/** What came before the exchange that is judged. */
export interface History {
  /** Attempts so far, this one included. */
  readonly attempts: number;
  /** An earlier attempt may have been carried out though its answer was lost. */
  readonly mayHaveArrived: boolean;
}

/** What follows from an exchange. After `again` the error is thrown only when no attempt is left. */
export type Verdict<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'failed'; readonly error: HookswitchError }
  | { readonly kind: 'again'; readonly error: HookswitchError; readonly retryAfter: number | null };

/** Decides what an exchange means. May throw a Hookswitch error, which counts as `failed`. */
export type Judge<T> = (exchange: Exchange, history: History) => Verdict<T>;

/** Sends an operation as often as its judge and the policy allow, within the rate limit. */
export type Send = <T>(operation: Operation, judge: Judge<T>, options?: RequestOptions) => Promise<T>;

/** Makes the one function through which all requests of a client go; it alone holds the key. */
export function createSend(settings: ClientSettings, apiKey: string): Send {
  const { baseUrl, subAccountId, clock, random } = settings;
  const root = `${baseUrl}/api/v1/subaccounts/${encodeURIComponent(subAccountId)}/`;
  const host = new URL(baseUrl).host;
  const tools = { fetch: settings.fetch, timeout: settings.timeout, clock, redact: createRedactor(apiKey) };
  const bucket = settings.rateLimit === null ? null : new TokenBucket(settings.rateLimit, () => clock.now());

  return async (operation, judge, options = {}) => {
    const { signal } = options;
    const aborted = (attempts: number) =>
      new PlatformUnreachableError(operation.name, host, 'aborted', attempts, { name: 'AbortError', message: 'The signal was aborted.' });
    const pause = async (ms: number, attempts: number) => {
      if (ms > 0) await sleep(clock, ms, signal);
      if (signal?.aborted === true) throw aborted(attempts);
    };

    let mayHaveArrived = false;
    for (let attempt = 1; ; attempt++) {
      await pause(bucket?.take() ?? 0, attempt - 1);
      const startedAt = clock.now();
      const result = await exchange(tools, root + operation.path, init(operation, apiKey), signal);
      const verdict = decide(judge, result, { attempts: attempt, mayHaveArrived });
      if (result.kind === 'reply' && result.httpStatus === 429) {
        bucket?.pause(Math.min(result.retryAfter ?? 0, settings.retries.maxRetryAfter));
      }
      const wait = verdict.kind === 'again' ? retryDelay(settings.retries, attempt, verdict.retryAfter, random) : null;
      report(settings, operation, attempt, result, verdict, Math.max(0, clock.now() - startedAt), wait);
      if (verdict.kind === 'done') return verdict.value;
      if (wait === null) throw verdict.error;
      mayHaveArrived ||= result.kind === 'failure' ? !result.nothingSent : result.httpStatus !== 429;
      await pause(wait, attempt);
    }
  };
}

function init(operation: Operation, apiKey: string) {
  const headers: Record<string, string> = { accept: 'application/json', authorization: `Bearer ${apiKey}`, 'user-agent': 'hookswitch' };
  if (operation.body === undefined) return { method: operation.method, headers };
  headers['content-type'] = 'application/json';
  return { method: operation.method, headers, body: JSON.stringify(operation.body) };
}

function decide<T>(judge: Judge<T>, result: Exchange, history: History): Verdict<T> {
  try {
    return judge(result, history);
  } catch (error) {
    if (isHookswitchError(error)) return { kind: 'failed', error };
    throw error;
  }
}

function report<T>(
  settings: ClientSettings,
  operation: Operation,
  attempt: number,
  result: Exchange,
  verdict: Verdict<T>,
  duration: number,
  wait: number | null,
): void {
  try {
    settings.onAttempt?.({
      operation: operation.name,
      attempt,
      outcome: verdict.kind === 'done' ? 'ok' : verdict.error.code,
      httpStatus: result.kind === 'reply' ? result.httpStatus : null,
      duration,
      wait,
    });
  } catch {
    // A broken log must not lose the answer to a call that has been started.
  }
}

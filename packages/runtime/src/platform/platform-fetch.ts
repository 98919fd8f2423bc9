/** What the client hands to `fetch`. */
export interface PlatformRequestInit {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly headers: Record<string, string>;
  readonly body?: string;
  readonly redirect: 'manual';
  readonly signal: AbortSignal;
}

/** What the client reads of an answer. */
export interface PlatformFetchResponse {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  text(): Promise<string>;
}

/** The part of `fetch` that is used: `globalThis.fetch` and undici's both fit. */
export type PlatformFetch = (url: string, init: PlatformRequestInit) => Promise<PlatformFetchResponse>;

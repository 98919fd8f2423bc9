import { signal } from '@preact/signals';
import type { ProblemView } from '../../../src/views.ts';

const TOKEN = 'hookswitch-token';
const base = new URL('api/', new URL('./', document.baseURI));

/** The server wants a token: what it said, or null while it doesn't. */
export const locked = signal<string | null>(null);

/** The server answered with an error, or not at all. */
export class ApiError extends Error {
  readonly status: number;
  /** All that it answered; null where that is no JSON. */
  readonly problem: Partial<ProblemView> | null;

  constructor(status: number, message: string, problem: Partial<ProblemView> | null = null) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.problem = problem;
  }
}

/** Kept for this tab alone. */
export function useToken(token: string): void {
  if (token === '') sessionStorage.removeItem(TOKEN);
  else sessionStorage.setItem(TOKEN, token);
}

/** Whether a token was given in this tab. */
export function hasToken(): boolean {
  return sessionStorage.getItem(TOKEN) !== null;
}

/** A request to the server. Rejects with `ApiError` for every answer but a good one. */
export async function request(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  const token = sessionStorage.getItem(TOKEN);
  if (token !== null) headers.set('authorization', `Bearer ${token}`);
  const response = await fetch(new URL(path, base), { ...init, headers }).catch((error: unknown) => {
    if (init.signal?.aborted === true) throw error;
    throw new ApiError(0, 'The server can not be reached. It is asked again as soon as it is back.');
  });
  if (response.ok) return response;
  const problem = (await response.json().catch(() => null)) as Partial<ProblemView> | null;
  const message = problem?.message ?? `The server answered with status ${response.status}.`;
  if (response.status === 401) locked.value = message;
  throw new ApiError(response.status, message, problem);
}

export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await request(path, signal === undefined ? {} : { signal });
  return (await response.json()) as T;
}

export async function post<T>(path: string, body: unknown, signal?: AbortSignal): Promise<T> {
  return send<T>('POST', path, body, signal);
}

/** A request with a body; without one where that is null. */
export async function send<T>(method: 'POST' | 'PUT' | 'DELETE', path: string, body: unknown, signal?: AbortSignal): Promise<T> {
  const init = body === null ? { method } : { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const response = await request(path, signal === undefined ? init : { ...init, signal });
  return (await response.json()) as T;
}

/** A path of the API with its parts made safe, and the parameters that have a value; a list is a parameter that is given several times. */
export function url(parts: readonly string[], query: Readonly<Record<string, string | readonly string[] | undefined>> = {}): string {
  const given = Object.entries(query).flatMap(([name, value]) => [value ?? ''].flat().map((one): [string, string] => [name, one]));
  const search = new URLSearchParams(given.filter(([, value]) => value !== ''));
  const path = parts.map(encodeURIComponent).join('/');
  return search.size === 0 ? path : `${path}?${search}`;
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

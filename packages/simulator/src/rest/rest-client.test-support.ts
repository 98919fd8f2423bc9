import type { Platform } from '../platform.ts';
import { simulate } from '../webhook-server.test-support.ts';

export const KEY = { authorization: 'Bearer key' };

/** One request of the REST API, with what came back. */
export async function api(
  platform: Platform,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = KEY,
): Promise<[number, Record<string, unknown>]> {
  const sent = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
  const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
  const response = await fetch(`${platform.url}/api/v1/subaccounts/${path}`, { method, headers: { ...headers, ...type }, ...sent });
  const text = await response.text();
  return [response.status, (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>];
}

/** A platform that listens, of the subaccount `acc`. */
export async function listening(options: Parameters<typeof simulate>[1] = {}): Promise<Platform> {
  const platform = simulate(null, { subAccountId: 'acc', ...options });
  await platform.listen();
  return platform;
}

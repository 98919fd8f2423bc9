import { checkAddressListProxy, createSharedSecret, exposureOf, readApiTokens } from '@hookswitch/runtime/inside';
import type { HookswitchConfig } from '../config/define-config.ts';
import { serverOptions } from '../config/server-options.ts';
import type { Diagnosis } from './diagnosis.ts';

const TIMEOUT = 10_000;

/** Whether webhooks can be told from what anybody sends. */
export function* diagnoseSecrets(config: HookswitchConfig): Generator<Diagnosis> {
  const about = 'Webhooks';
  const { webhookSecrets, allowedAddresses, trustProxy } = config;
  try {
    if (allowedAddresses !== undefined) checkAddressListProxy(trustProxy);
    if (webhookSecrets === undefined) {
      const isExposed = exposureOf(serverOptions(config, [])) !== null;
      yield isExposed
        ? {
            state: 'failure',
            about,
            text: 'No secret is set, and others can reach the server, which therefore refuses to start: set HOOKSWITCH_WEBHOOK_SECRET.',
          }
        : {
            state: 'warning',
            about,
            text: 'No secret is set: webhooks are taken from anybody on this machine. Set HOOKSWITCH_WEBHOOK_SECRET before 8x8 calls.',
          };
      return;
    }
    const { weak } = createSharedSecret(webhookSecrets);
    yield weak.length === 0
      ? {
          state: 'ok',
          about,
          text: webhookSecrets.length === 1 ? 'one secret' : `${webhookSecrets.length} secrets, the first is registered`,
        }
      : {
          state: 'warning',
          about,
          text: `Secret ${weak.join(' and ')} is short enough to be guessed; take what openssl rand -hex 32 prints.`,
        };
  } catch (error) {
    yield { state: 'failure', about, text: error instanceof Error ? error.message : String(error) };
  }
}

/** Whether the API is open. */
export function diagnoseApi({ apiTokens }: HookswitchConfig): Diagnosis {
  const about = 'API';
  return apiTokens === undefined
    ? { state: 'warning', about, text: 'Closed: set HOOKSWITCH_API_TOKEN for /calls, /metrics and the console.' }
    : {
        state: 'ok',
        about,
        text: readApiTokens(apiTokens)
          .map(({ label, role }) => `${label} (${role})`)
          .join(', '),
      };
}

/** Whether 8x8 can find the server: a URL with https that leads to one. */
export async function diagnosePublicUrl({ publicUrl }: HookswitchConfig, isOffline: boolean): Promise<Diagnosis> {
  const about = 'Public URL';
  if (publicUrl === undefined)
    return { state: 'warning', about, text: 'Not set: 8x8 can not be told where the server is. Set HOOKSWITCH_PUBLIC_URL.' };
  const isPlain = new URL(publicUrl).protocol === 'http:';
  if (isOffline) return isPlain ? plain(publicUrl) : { state: 'ok', about, text: `${publicUrl}; not asked` };
  try {
    const response = await fetch(`${publicUrl.replace(/\/+$/, '')}/health`, { signal: AbortSignal.timeout(TIMEOUT) });
    const body: unknown = await response.json().catch(() => null);
    const isOurs = response.ok && typeof body === 'object' && body !== null && 'status' in body && body.status === 'ok';
    if (!isOurs)
      return {
        state: 'failure',
        about,
        text: `${publicUrl}/health is answered, but not by a Hookswitch server (HTTP ${response.status}). Look at the proxy.`,
      };
    return isPlain ? plain(publicUrl) : { state: 'ok', about, text: `${publicUrl} leads to a server` };
  } catch {
    return {
      state: 'failure',
      about,
      text: `${publicUrl}/health is not answered from here. Start the server, and look at DNS, proxy and certificate.`,
    };
  }
}

function plain(publicUrl: string): Diagnosis {
  return {
    state: 'warning',
    about: 'Public URL',
    text: `${publicUrl} is not encrypted: digits and the secret travel in the clear. Use https.`,
  };
}

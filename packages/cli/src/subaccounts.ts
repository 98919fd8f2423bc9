import { didYouMean } from '@hookswitch/dsl';
import { createPlatformClient, type PlatformClient } from '@hookswitch/runtime';
import { ConfigError } from '@hookswitch/runtime/inside';
import type { HookswitchConfig } from './config/define-config.ts';
import { subAccountsOf } from './config/server-options.ts';
import { UsageError } from './errors/usage-error.ts';

/** Clients of the configured subaccounts, or of the one that is asked for. Throws where there is none. */
export function platformClients(config: HookswitchConfig, wanted: string | undefined): readonly PlatformClient[] {
  const accounts = subAccountsOf(config);
  if (accounts.length === 0)
    throw new ConfigError(
      'subAccountId',
      'No subaccount of 8x8 is configured. Set HOOKSWITCH_SUBACCOUNT_ID and HOOKSWITCH_API_KEY, a key of 8x8 Connect.',
    );
  const ids = accounts.map(({ id }) => id);
  if (wanted !== undefined && !ids.includes(wanted))
    throw new UsageError(
      `--subaccount: "${wanted}" is not configured. ${didYouMean(wanted, ids)}There ${ids.length === 1 ? 'is' : 'are'} ${ids.join(', ')}.`,
    );
  return accounts
    .filter(({ id }) => wanted === undefined || id === wanted)
    .map(({ id, apiKey }) =>
      createPlatformClient({
        subAccountId: id,
        apiKey,
        ...(config.platformUrl === undefined ? {} : { baseUrl: config.platformUrl }),
        ...(config.exportsUrl === undefined ? {} : { exportsUrl: config.exportsUrl }),
      }),
    );
}

/** The name of a subaccount above what belongs to it; nothing where there is only one. */
export function headingOf(client: PlatformClient, clients: readonly PlatformClient[]): string | null {
  return clients.length === 1 ? null : `${client.subAccountId}:`;
}

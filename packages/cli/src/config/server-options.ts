import type { FlowSource, ServerOptions, SubAccountOptions } from '@hookswitch/runtime';
import type { HookswitchConfig } from './define-config.ts';

const DAY = 86_400_000;

/** The options of a server that serves `flows` as `config` says. */
export function serverOptions(config: HookswitchConfig, flows: readonly FlowSource[]): ServerOptions {
  const {
    flows: _paths,
    subAccountId,
    apiKey,
    subAccounts,
    delivery,
    afterBridge: _checked,
    checkAtStart: _warned,
    exportsUrl: _exported,
    retentionDays,
    sessions,
    ...same
  } = config;
  return {
    ...same,
    flows,
    subAccounts: subAccountsOf(config),
    sessions: {
      ...sessions,
      ...(delivery === undefined ? {} : { delivery }),
      ...(retentionDays === undefined ? {} : { retention: retentionDays * DAY }),
    },
  };
}

/** All subaccounts of a configuration, that of `subAccountId` first. */
export function subAccountsOf({ subAccountId, apiKey, subAccounts = [] }: HookswitchConfig): readonly SubAccountOptions[] {
  return subAccountId === undefined || apiKey === undefined ? subAccounts : [{ id: subAccountId, apiKey }, ...subAccounts];
}

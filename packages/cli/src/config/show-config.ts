import { isFlow } from '@hookswitch/dsl';
import { describePostgres, readApiTokens } from '@hookswitch/runtime/inside';
import { hideCredentials } from '@hookswitch/runtime/inside/process';
import type { HookswitchConfig } from './define-config.ts';
import type { EffectiveConfig, Origin } from './read-config.ts';
import { type Setting, SETTING_LIST, type SettingName } from './settings.ts';

/** In place of a secret: always as long, so that the length says nothing. */
const HIDDEN = '••••••';

/** A setting as it may be shown. */
export interface ShownSetting {
  readonly name: SettingName;
  /** JSON, without secrets; null where nothing is set. */
  readonly value: unknown;
  readonly origin: Origin | null;
}

/** All settings, fit to be printed: secrets hidden, functions and flows by their names. */
export function showConfig({ values, origins }: EffectiveConfig): readonly ShownSetting[] {
  return SETTING_LIST.map(([name, setting]) => ({ name, value: showValue(name, setting, values), origin: origins[name] ?? null }));
}

function showValue(name: SettingName, setting: Setting, values: HookswitchConfig): unknown {
  const value = values[name];
  if (value === undefined) return null;
  if (name === 'store') return describeStore(values.store);
  if (name === 'subAccounts') return values.subAccounts?.map(({ id }) => ({ id, apiKey: HIDDEN }));
  if (name === 'apiTokens') return readApiTokens(values.apiTokens ?? []).map((token) => ({ ...token, token: HIDDEN }));
  if (setting['x-secret'] === true) return Array.isArray(value) ? value.map(() => HIDDEN) : HIDDEN;
  return JSON.parse(hideCredentials(JSON.stringify(value, named) ?? 'null')) as unknown;
}

/** A store by its kind and place, without user and password. */
export function describeStore(store: HookswitchConfig['store']): string {
  if (typeof store === 'object') return `a store of its own (${store.kind})`;
  if (store === undefined || !/^postgres(ql)?:/.test(store)) return hideCredentials(store ?? '');
  return describePostgres(store) ?? `postgres://${HIDDEN}`;
}

function named(_key: string, value: unknown): unknown {
  if (typeof value === 'function') return 'function';
  return isFlow(value) ? `flow ${value.name} ${value.options.version}` : value;
}

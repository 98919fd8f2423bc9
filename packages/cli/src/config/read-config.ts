import { didYouMean, nearMiss } from '@hookswitch/dsl';
import { findProblem, shownValue } from '@hookswitch/dsl/options';
import { apiTokensProblem, ConfigError, idleHookProblem, ownStoreProblem, twinProblem } from '@hookswitch/runtime/inside';
import { hideCredentials } from '@hookswitch/runtime/inside/process';
import type { HookswitchConfig } from './define-config.ts';
import { fromText } from './from-text.ts';
import { type Setting, SETTING_LIST, type SettingName, SETTINGS } from './settings.ts';

/** Where a value came from; the first in this order wins. */
export type OriginKind = 'flag' | 'environment' | 'file' | 'default';

/** Where a value came from. */
export interface Origin {
  readonly kind: OriginKind;
  /** The flag, the variable, the file; `default`. */
  readonly name: string;
}

/** From where settings are read. */
export interface ConfigSources {
  /** The default export of the config file, and its name for messages. */
  readonly file?: { readonly name: string; readonly value: unknown } | null;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly flags?: Partial<HookswitchConfig>;
}

/** Settings, complete with defaults, and their origins. */
export interface EffectiveConfig {
  readonly values: HookswitchConfig;
  /** Of every setting that has a value. */
  readonly origins: Readonly<Partial<Record<SettingName, Origin>>>;
  /** What looks like a mistake and does no harm: variables that nobody reads. */
  readonly warnings: readonly string[];
}

type Variables = Readonly<Record<string, string | undefined>>;

/** Merges flags over the environment over the file over the defaults. Throws `ConfigError` for unknown keys and values that can't be used. */
export function readConfig({ file = null, env = {}, flags = {} }: ConfigSources): EffectiveConfig {
  const fileValues = file === null ? {} : fileOf(file);
  const values: Record<string, unknown> = {};
  const origins: Partial<Record<SettingName, Origin>> = {};
  for (const [name, setting] of SETTING_LIST) {
    const found = findValue(name, setting, file?.name ?? '', fileValues, env, flags);
    if (found === null) continue;
    const problem = found.origin.kind === 'default' ? null : problemWith(name, setting, found.value);
    if (problem !== null) throw new ConfigError(name, `${whereOf(name, found.origin)}${problem}. ${setting.description}`);
    values[name] = found.value;
    origins[name] = found.origin;
  }
  checkPair(values, origins);
  return { values, origins, warnings: unreadVariables(env) };
}

function fileOf({ name, value }: { readonly name: string; readonly value: unknown }): HookswitchConfig {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new ConfigError(name, `${name} exports no settings. Write: export default defineConfig({ … }).`);
  const known = Object.keys(SETTINGS);
  const unknown = Object.keys(value).find((key) => !known.includes(key));
  if (unknown !== undefined)
    throw new ConfigError(
      unknown,
      `${name}: there is no setting "${unknown}". ${didYouMean(unknown, known)}\`hookswitch config\` prints all of them once it is taken out.`,
    );
  return value as HookswitchConfig;
}

interface Found {
  readonly value: unknown;
  readonly origin: Origin;
}

function findValue(
  name: SettingName,
  setting: Setting,
  fileName: string,
  file: HookswitchConfig,
  env: Variables,
  flags: Partial<HookswitchConfig>,
): Found | null {
  if (flags[name] !== undefined) return { value: flags[name], origin: { kind: 'flag', name: setting['x-flag'] ?? name } };
  for (const variable of setting['x-env'] ?? []) {
    const text = env[variable]?.trim();
    if (text === undefined || text === '' || isLink(name, text)) continue;
    return { value: fromText(setting, text), origin: { kind: 'environment', name: variable } };
  }
  if (file[name] !== undefined) return { value: file[name], origin: { kind: 'file', name: fileName } };
  return setting.default === undefined ? null : { value: setting.default, origin: { kind: 'default', name: 'default' } };
}

/** Kubernetes sets HOOKSWITCH_PORT=tcp://… for a service that is called hookswitch; that is no port to listen on. */
function isLink(name: SettingName, text: string): boolean {
  return name === 'port' && /^(tcp|udp|sctp):\/\//.test(text);
}

function whereOf(name: SettingName, origin: Origin): string {
  return origin.kind === 'file' ? `${origin.name}: ${name}` : origin.name;
}

/** What a schema can't say: it takes two keys, or a look into an instance. */
const OWN_CHECKS: { readonly [name in SettingName]?: (value: never) => string | null } = {
  store: (store: HookswitchConfig['store']) => (typeof store === 'object' ? ownStoreProblem(store) : null),
  apiTokens: apiTokensProblem,
  subAccounts: twinProblem,
  hooks: idleHookProblem,
};

/** What is wrong with the value of a setting, as the end of a sentence; null when it will do. */
function problemWith(name: SettingName, setting: Setting, value: unknown): string | null {
  const problem = findProblem(setting, value, (came) => hideCredentials(shownValue(came)));
  if (problem === null) {
    const own = OWN_CHECKS[name]?.(value as never) ?? null;
    return own === null ? null : `${/^[.[]/.test(own) ? '' : ' '}${own}`;
  }
  const { path, says } = problem;
  return path === '' ? ` ${says}` : `${path.startsWith('[') ? '' : '.'}${path} ${says}`;
}

/** A subaccount needs its key and a key its subaccount. */
function checkPair(values: HookswitchConfig, origins: EffectiveConfig['origins']): void {
  const { subAccountId, apiKey, subAccounts } = values;
  if ((subAccountId === undefined) !== (apiKey === undefined)) {
    const [missing, given] = subAccountId === undefined ? (['subAccountId', 'apiKey'] as const) : (['apiKey', 'subAccountId'] as const);
    throw new ConfigError(
      missing,
      `${given} is set (${origins[given]?.name ?? ''}) and ${missing} is not: calls are placed with both. Set ${SETTINGS[missing]['x-env'][0]}.`,
    );
  }
  if (subAccounts?.some(({ id }) => id === subAccountId) === true)
    throw new ConfigError('subAccounts', 'subAccountId names a subaccount that stands in subAccounts, too; keep one of them.');
}

/** Variables that commands read besides settings. */
const OTHER_VARIABLES = ['HOOKSWITCH_URL'];
const PREFIX = 'HOOKSWITCH_';

/** Variables that begin as ours do and are none of ours, and none that Kubernetes sets for a service of our name. */
function unreadVariables(env: Variables): readonly string[] {
  const known = SETTING_LIST.flatMap(([, setting]) => setting['x-env'] ?? []).concat(OTHER_VARIABLES);
  const bare = new Map(known.filter((name) => name.startsWith(PREFIX)).map((name) => [name.slice(PREFIX.length), name]));
  const unread = Object.keys(env).filter((name) => name.startsWith(PREFIX) && !known.includes(name) && !/_(SERVICE|PORT)_/.test(name));
  return unread.map((name) => {
    const near = bare.get(nearMiss(name.slice(PREFIX.length), [...bare.keys()]) ?? '');
    return `Nothing reads the variable ${name}.${near === undefined ? '' : ` Did you mean ${near}?`}`;
  });
}

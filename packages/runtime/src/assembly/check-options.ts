import { hooksProblem, sessionsProblem, subAccountsProblem } from './nested-settings.ts';
import { unknownKey } from './own-keys.ts';
import { ConfigError } from '../errors/config-error.ts';
import { wordsBroken } from '../calls/reply/loose.ts';
import { apiTokensProblem } from '../security/api-tokens.ts';
import { ownStoreProblem } from '../store/own-store.ts';
import type { SessionSettings } from '../calls/settings.ts';
import { DEFAULT_SETTINGS, type HookswitchOptions } from './options.ts';

/** Every option, and what Fastify puts beside them. */
const KNOWN = Object.keys({
  flows: true,
  chooseFlow: true,
  store: true,
  webhookSecrets: true,
  allowUnverified: true,
  allowedAddresses: true,
  apiTokens: true,
  dataKeys: true,
  subAccounts: true,
  publicUrl: true,
  platformUrl: true,
  platformFetch: true,
  sessions: true,
  hooks: true,
  showNumbers: true,
  sweepEvery: true,
  bodyLimit: true,
  processMetrics: true,
  retiring: true,
  droppedLogLines: true,
  console: true,
  clock: true,
  rehearsal: true,
} satisfies Record<keyof HookswitchOptions, true>);
const OF_FASTIFY = ['prefix', 'logLevel', 'logSerializers'];

/** Refuses options that are mistyped or can't work, before anything is started. Throws `ConfigError`. */
export function checkOptions(options: HookswitchOptions): void {
  const { flows, store, sessions = {}, hooks = {}, subAccounts = [], apiTokens = [] } = options;
  const unknown = unknownKey(
    Object.keys(options).filter((key) => !OF_FASTIFY.includes(key)),
    KNOWN,
  );
  if (unknown !== null) throw new ConfigError('options', `The options of hookswitch: this ${unknown}.`);
  if (!Array.isArray(flows)) throw new ConfigError('flows', 'flows must be a list of flows or routes: flows: [flow].');
  const { delivery = DEFAULT_SETTINGS.delivery, retention = DEFAULT_SETTINGS.retention, ...rest } = sessions;
  const problems = {
    store: typeof store === 'object' ? ownStoreProblem(store) : null,
    sessions: sessionsProblem(rest) ?? settingsProblem(delivery, retention),
    apiTokens: apiTokensProblem(apiTokens),
    hooks: hooksProblem(hooks),
    subAccounts: subAccounts.length === 0 ? null : subAccountsProblem(subAccounts),
  };
  for (const [setting, problem] of Object.entries(problems)) {
    if (problem !== null)
      throw new ConfigError(setting, `${setting}${problem.startsWith('.') || problem.startsWith('[') ? '' : ' '}${problem}.`);
  }
}

/** All settings of sessions. Throws `ConfigError` where what a caller is to hear when something has failed would break a rule itself. */
export function settingsOf({ sessions }: HookswitchOptions): SessionSettings {
  const settings = { ...DEFAULT_SETTINGS, ...sessions };
  const broken = wordsBroken(settings.fallback, settings.holdText, settings.voice);
  if (broken !== null) throw new ConfigError('sessions', `sessions: fallback or holdText can't be spoken as they are, ${broken}`);
  return settings;
}

function settingsProblem(delivery: unknown, retention: number): string | null {
  if (delivery !== 'callflow' && delivery !== 'action') return `.delivery must be "callflow" or "action", not ${JSON.stringify(delivery)}`;
  return Number.isFinite(retention) && retention >= 86_400_000 ? null : '.retention must be milliseconds, at least one day';
}

import { findProblem, type Problem, type Schema, withDefaults } from '@hookswitch/dsl/options';
import { ConfigError } from '../errors/config-error.ts';
import { wordsBroken } from '../calls/reply/loose.ts';
import { apiTokensProblem } from '../security/api-tokens.ts';
import { ownStoreProblem } from '../store/own-store.ts';
import type { SessionSettings } from '../calls/settings.ts';
import { HOOKSWITCH_OPTIONS, type Hooks, type HookswitchOptions, type SubAccountOptions } from './options.ts';
import { SESSION_OPTIONS } from './session-options.ts';

/** What Fastify puts beside the options of a plugin. */
const OF_FASTIFY = ['prefix', 'logLevel', 'logSerializers'];

/** Options that have a default, and those that were given. */
export type CompleteOptions = HookswitchOptions &
  Required<
    Pick<
      HookswitchOptions,
      | 'store'
      | 'allowUnverified'
      | 'showNumbers'
      | 'sweepEvery'
      | 'bodyLimit'
      | 'processMetrics'
      | 'auditDays'
      | 'auditRows'
      | 'insightDays'
      | 'platformUrl'
    >
  >;

/** The options with their defaults. Refuses what is mistyped or can't work, before anything is started. Throws `ConfigError`. */
export function readOptions(options: HookswitchOptions): CompleteOptions {
  const ours = Object.fromEntries(Object.entries(options).filter(([key]) => !OF_FASTIFY.includes(key)));
  checkSchema(HOOKSWITCH_OPTIONS, ours);
  const { store, hooks = {}, subAccounts = [], apiTokens = [] } = options;
  refuse('store', typeof store === 'object' ? ownStoreProblem(store) : null);
  refuse('apiTokens', apiTokensProblem(apiTokens));
  refuse('hooks', idleHookProblem(hooks));
  refuse('subAccounts', twinProblem(subAccounts));
  return withDefaults<CompleteOptions>(HOOKSWITCH_OPTIONS, options);
}

/** Refuses options that don't fit their schema. Throws `ConfigError`. */
export function checkSchema(schema: Schema, options: object): void {
  const problem = findProblem(schema, options);
  if (problem === null) return;
  const [setting = ''] = problem.path.split(/[.[]/);
  throw new ConfigError(setting || 'options', `${sentence(problem)}.`);
}

function sentence({ path, says }: Problem): string {
  return path === '' ? `The set of options ${says}` : `${path} ${says}`;
}

function refuse(setting: string, problem: string | null): void {
  if (problem !== null) throw new ConfigError(setting, `${setting}${/^[.[]/.test(problem) ? '' : ' '}${problem}.`);
}

/** The problem with a hook that is a generator function: a call of one gives a generator, and does nothing. */
export function idleHookProblem(hooks: Hooks): string | null {
  const idle = Object.entries(hooks).find(([, hook]) => /Generator/.test(Object.prototype.toString.call(hook)));
  return idle === undefined ? null : `.${idle[0]} must be a function, async or not, but is a generator function, which would never run`;
}

/** The problem with a subaccount that stands twice in a list. */
export function twinProblem(subAccounts: readonly SubAccountOptions[]): string | null {
  const ids = subAccounts.map(({ id }) => id);
  const twin = ids.find((id, index) => ids.indexOf(id) < index);
  return twin === undefined ? null : `names "${twin}" twice`;
}

/** All settings of sessions. Throws `ConfigError` where what a caller is to hear when something has failed would break a rule itself. */
export function settingsOf({ sessions = {} }: HookswitchOptions): SessionSettings {
  const settings = withDefaults<SessionSettings>(SESSION_OPTIONS, sessions);
  const broken = wordsBroken(settings.fallback, settings.holdText, settings.voice);
  if (broken !== null) throw new ConfigError('sessions', `sessions: fallback or holdText can't be spoken as they are, ${broken}`);
  return settings;
}

import type { AfterBridge, FlowModule } from '@hookswitch/dsl';
import type { ApiToken, FlowRoute, Hooks, ServerOptions, SessionSettings, Store, SubAccountOptions } from '@hookswitch/runtime';

/** Which calls the flows of a file answer. */
export interface ConfigRoute extends Omit<FlowRoute, 'flow'> {
  /** A flow, or the path of the file that exports it; a relative one counts from the config file. */
  readonly flow: FlowModule | string;
}

/** What `hookswitch.config.ts` may hold. Secrets belong into the environment; see `docs/configuration.md`. */
export interface HookswitchConfig {
  /** Folders or files with flows (relative ones count from the config file), flows, or flows with what they answer. @default 'flows' */
  readonly flows?: string | readonly (string | FlowModule | ConfigRoute)[];
  /** 0..65535; 0 takes any port that is free. @default 3000 */
  readonly port?: number;
  /** Address to listen on; `0.0.0.0` for all. @default '127.0.0.1' */
  readonly host?: string;
  /** `memory`, `sqlite:FILE`, `postgres://…`, or a store of your own. @default 'sqlite:.hookswitch/calls.db' */
  readonly store?: Store | string;
  /** Where 8x8 reaches the server from outside: an http or https URL, with a path where a proxy adds one. */
  readonly publicUrl?: string;
  /** What 8x8 sends as `Authorization`. Several while one is exchanged: all are accepted, the first is what `hookswitch webhooks set` registers. */
  readonly webhookSecrets?: readonly string[];
  /**
   * Bearer tokens for `/calls`, `/metrics` and the console, which are closed without any: `{ token, label, role }`, or the same as a text `label:role:token`. A bare token has the
   * role `admin`, and the label `token-1`, with its place in the list.
   */
  readonly apiTokens?: readonly (string | ApiToken)[];
  /** Days that the audit list is kept, from 1. @default 365 */
  readonly auditDays?: number;
  /** Entries of the audit list that are kept at most, the newest; refused requests are counted apart. From 1. @default 100000 */
  readonly auditRows?: number;
  /** Days that insights are kept, from 1, whatever becomes of the calls that they count. @default 400 */
  readonly insightDays?: number;
  /** Keys that encrypt what is sensitive: base64 of 32 bytes each, comma separated; the first seals, all open. */
  readonly dataKeys?: string;
  /** The subaccount that calls are placed with; needs `apiKey`. */
  readonly subAccountId?: string;
  readonly apiKey?: string;
  /** Several subaccounts. */
  readonly subAccounts?: readonly SubAccountOptions[];
  /** The REST API of 8x8. @default 'https://voice.8x8.com' */
  readonly platformUrl?: string;
  /** Where 8x8 exports logs of calls. @default 'https://voice.wavecell.com', or `platformUrl` where that is not 8x8's */
  readonly exportsUrl?: string;
  /** Accept webhooks from anybody although no secret is set; on loopback only. @default false */
  readonly allowUnverified?: boolean;
  /** In addition to the secret: addresses and networks that webhooks may come from. `'8x8'` stands for those that 8x8 publishes. Needs `trustProxy`. */
  readonly allowedAddresses?: readonly string[] | '8x8';
  /** How many proxies stand in front of the server, or their addresses. @default false */
  readonly trustProxy?: NonNullable<ServerOptions['trustProxy']>;
  /** All actions up to the next decision in one answer, or one action per answer (U1). @default 'callflow' */
  readonly delivery?: SessionSettings['delivery'];
  /** What 8x8 does when the second party of a bridge has gone and the caller stays (U7): it asks on, ends the session, or nobody knows. For `check`. @default 'unknown' */
  readonly afterBridge?: AfterBridge;
  /** Once `hookswitch start` listens, explore the flows in a process of low priority, and log a warning for each that `hookswitch check` refuses. @default true */
  readonly checkAtStart?: boolean;
  /** How calls behave; all times in milliseconds. */
  readonly sessions?: Partial<Omit<SessionSettings, 'delivery' | 'retention'>>;
  /** Days that finished calls are kept, at least 1. @default 30 */
  readonly retentionDays?: number;
  readonly hooks?: Hooks;
  /** `trace`, `debug`, `info`, `warn`, `error`, `fatal` or `silent`. @default 'info' */
  readonly logLevel?: string;
  /** Show telephone numbers in logs and lists as they are. @default false */
  readonly showNumbers?: boolean;
  /** Bytes of a webhook, from 1024. @default 1048576 */
  readonly bodyLimit?: number;
  /** Milliseconds that a connection is kept which nobody uses, from 1000: longer than the proxy in front keeps it. @default 620000 */
  readonly keepAliveTimeout?: number;
  /** Milliseconds after `SIGTERM` in which `/ready` says no and webhooks are still answered, before the port closes. @default 5000 */
  readonly drain?: number;
  /** Milliseconds that turns under way may take once the port is closed. @default 15000 */
  readonly grace?: number;
}

/** Types a `hookswitch.config.ts`: `export default defineConfig({ … })`. Unknown keys fail when a command reads it, with the near miss. */
export function defineConfig(config: HookswitchConfig): HookswitchConfig {
  return config;
}

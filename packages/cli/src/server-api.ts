import type { ComparedChart } from '@hookswitch/dsl';
import type { ApiRole, ApiToken, CallRequest, JournalExport } from '@hookswitch/runtime';
import {
  API_ROLES,
  type AuditList,
  type AuditQuery,
  type CallListView,
  type CallReport,
  type CallView,
  type CountedView,
  type InsightsQuery,
  type InsightsView,
  leastToken,
  type ListQuery,
  readApiTokens,
  type SettingsChanged,
  type SettingsHistory,
  type SettingsView,
  type SignalView,
} from '@hookswitch/runtime/inside';
import { hideCredentials } from '@hookswitch/runtime/inside/process';
import type { Command } from 'commander';
import type { HookswitchConfig } from './config/define-config.ts';
import { ServerRefusedError } from './errors/server-refused-error.ts';
import { ServerUnreachableError } from './errors/server-unreachable-error.ts';
import { UsageError } from './errors/usage-error.ts';
import type { CliContext } from './context.ts';

const TIMEOUT = 30_000;

/** A running server, as its API is asked by commands. Methods throw `ServerUnreachableError` and `ServerRefusedError`. */
export interface ServerApi {
  readonly url: string;
  placeCall(body: CallRequest): Promise<CallView>;
  list(query: ListQuery): Promise<CallListView>;
  show(id: string): Promise<CallReport>;
  journal(id: string): Promise<JournalExport>;
  signal(target: string, name: string, value: unknown, key: string | null): Promise<SignalView>;
  audit(query: AuditQuery): Promise<AuditList>;
  insights(query: InsightsQuery): Promise<InsightsView>;
  /** Counts some of the calls that ended on a server which did not count. */
  countEnded(): Promise<CountedView>;
  settings(): Promise<SettingsView>;
  setSetting(flow: string, name: string, body: { readonly value: unknown; readonly [field: string]: unknown }): Promise<SettingsChanged>;
  unsetSetting(flow: string, name: string, number: string | null): Promise<SettingsChanged>;
  setIntake(flow: string, body: { readonly open: boolean; readonly [field: string]: unknown }): Promise<SettingsChanged>;
  undoSetting(id: string, reason: string | null): Promise<SettingsChanged>;
  settingsHistory(query: object): Promise<SettingsHistory>;
  /** A flow as the server's console tells it, in its newest version. */
  flow(name: string): Promise<ServedFlow>;
}

/** A flow that is served. */
export interface ServedFlow {
  readonly isPending: boolean;
  /** Without sites where it was not explored. */
  readonly chart: {
    readonly version: string;
    readonly sites: readonly { readonly name: string; readonly kind: string; readonly prompts: readonly string[] }[];
    readonly arrows: ComparedChart['arrows'];
  };
}

interface Init {
  readonly method?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The options of commands that ask a running server. */
export interface ServerFlags {
  readonly url?: string;
  readonly token?: string;
}

/** Adds the options of `ServerFlags`. */
export function withServerOptions(command: Command): Command {
  return command
    .option('--url <url>', 'where the server is; default: HOOKSWITCH_URL, else host and port of the configuration')
    .option('--token <token>', 'a bearer token of the server; default: HOOKSWITCH_API_TOKEN');
}

/** The server that the flags, the environment and the configuration name. */
export function serverApi(flags: ServerFlags, config: HookswitchConfig, { env }: CliContext): ServerApi {
  const url = serverUrl(flags.url ?? env['HOOKSWITCH_URL'], config);
  const tokens = flags.token === undefined ? readApiTokens(config.apiTokens ?? []) : [givenToken(flags.token)];
  const ask = async <T>(role: ApiRole, path: string, init: Init = {}): Promise<T> => {
    const headers = {
      ...(tokens.length === 0 ? {} : { authorization: `Bearer ${tokenFor(role, tokens)}` }),
      ...(init.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...init.headers,
    };
    const response = await fetch(`${url}${path}`, { ...init, headers, signal: AbortSignal.timeout(TIMEOUT) }).catch((error: unknown) => {
      throw new ServerUnreachableError(url, error);
    });
    const body: unknown = await response.json().catch(() => null);
    if (response.ok && typeof body === 'object' && body !== null) return body as T;
    throw refusal(url, response.status, body);
  };
  return {
    url,
    placeCall: (body) => ask('operate', '/calls', { method: 'POST', body: JSON.stringify(body) }),
    list: (query) => ask('read', `/calls?${search(query)}`),
    show: (id) => ask('read', `/calls/${encodeURIComponent(id)}`),
    journal: (id) => ask('read', `/calls/${encodeURIComponent(id)}/journal`),
    signal: (target, name, value, key) =>
      ask('operate', `/calls/${encodeURIComponent(target)}/signals/${encodeURIComponent(name)}`, {
        method: 'POST',
        body: JSON.stringify(value),
        ...(key === null ? {} : { headers: { 'idempotency-key': key } }),
      }),
    audit: (query) => ask('admin', `/audit?${search(query)}`),
    insights: (query) => ask('read', `/insights?${search(query)}`),
    countEnded: () => ask('operate', '/insights/count', { method: 'POST' }),
    settings: () => ask('read', '/settings'),
    setSetting: (flow, name, body) => ask('operate', settingPath(flow, name), { method: 'PUT', body: JSON.stringify(body) }),
    unsetSetting: (flow, name, number) =>
      ask('operate', `${settingPath(flow, name)}?${search(number === null ? {} : { number })}`, { method: 'DELETE' }),
    setIntake: (flow, body) => ask('operate', settingPath(flow, 'intake'), { method: 'PUT', body: JSON.stringify(body) }),
    undoSetting: (id, reason) =>
      ask('operate', `/settings/undo/${encodeURIComponent(id)}`, {
        method: 'POST',
        body: JSON.stringify(reason === null ? {} : { reason }),
      }),
    settingsHistory: (query) => ask('read', `/settings/history?${search(query)}`),
    flow: (name) => ask('read', `/console/api/flows/${encodeURIComponent(name)}`),
  };
}

function settingPath(flow: string, name: string): string {
  return `/settings/${encodeURIComponent(flow)}/${encodeURIComponent(name)}`;
}

function search(query: object): string {
  const pairs = Object.entries(query).flatMap(([name, value]: [string, unknown]) =>
    [value].flat().map((one): [string, string] => [name, String(one)]),
  );
  return new URLSearchParams(pairs).toString();
}

/** What was given with `--token`: a token, or label:role:token as the server knows it. */
function givenToken(text: string): ApiToken {
  const [read] = readApiTokens([text]);
  return read !== undefined && API_ROLES.includes(read.role) ? read : { token: text, label: '--token', role: 'admin' };
}

/** The token with the least role that is enough: what is kept of a command should name the one that was made for it. */
function tokenFor(role: ApiRole, tokens: readonly ApiToken[]): string {
  const found = leastToken(tokens, role);
  if (found !== null) return found.token;
  const known = tokens.map((token) => `${token.label} (${token.role})`).join(', ');
  throw new UsageError(
    `This needs a token with the role ${role}${role === 'admin' ? '' : ' or a higher one'}; there is only ${known}. Give one with --token, or in HOOKSWITCH_API_TOKEN.`,
  );
}

/** A server that listens on all addresses is found on this machine. */
export function serverUrl(given: string | undefined, { host = '127.0.0.1', port = 3000 }: HookswitchConfig): string {
  if (given === undefined || given === '') {
    const reachable = ['0.0.0.0', '::'].includes(host) ? '127.0.0.1' : host;
    return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
  }
  const url = URL.canParse(given) ? new URL(given) : null;
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new UsageError(
      `--url must be an http or https URL such as http://127.0.0.1:3000; got ${hideCredentials(JSON.stringify(given))}.`,
    );
  if (url.username !== '' || url.password !== '')
    throw new UsageError(
      '--url (HOOKSWITCH_URL) must not hold a user name or password. Give a token of the server with --token, or in HOOKSWITCH_API_TOKEN.',
    );
  return given.replace(/\/+$/, '');
}

function refusal(url: string, status: number, body: unknown): ServerRefusedError {
  const { error = null, message = null } = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const said = typeof message === 'string' ? message : `HTTP ${status}, and no word that this is a Hookswitch server. Check --url.`;
  const advice =
    status === 401 && !said.includes('HOOKSWITCH_API_TOKEN') ? ' Give one of its tokens with --token, or in HOOKSWITCH_API_TOKEN.' : '';
  return new ServerRefusedError(url, status, typeof error === 'string' ? error : null, `The server at ${url} refused: ${said}${advice}`);
}

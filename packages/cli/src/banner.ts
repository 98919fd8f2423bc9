import { createSharedSecret, defaultRoute, maskNumber } from '@hookswitch/runtime/inside';
import { describeStore } from './config/show-config.ts';
import type { HookswitchConfig } from './config/define-config.ts';
import type { LoadedFlow } from './load/load-flows.ts';
import type { Colors } from './output/colors.ts';
import { formatTable } from './output/table.ts';
import { webhookUrls } from './webhook-urls.ts';

/** What a server that has just started is. */
export interface Started {
  readonly url: string;
  readonly version: string;
  readonly config: HookswitchConfig;
  readonly flows: readonly LoadedFlow[];
  /** Webhooks are taken from anybody. */
  readonly isUnverified: boolean;
}

/** What `hookswitch start` says: where it listens, what it serves, what to register at 8x8, what is missing. */
export function startBanner(started: Started, colors: Colors): string {
  const { url, version, config, flows } = started;
  const rows: [string, string][] = [
    ...block('Flows', [...flows.map((flow) => describeFlow(flow, flows, config)), ...unansweredText(flows, colors)]),
    ['Store', storeText(config.store)],
    ['Webhooks', verificationText(started, colors)],
    ...block('Register', registerText(config, url)),
    [
      'API',
      config.apiTokens === undefined
        ? 'closed; set HOOKSWITCH_API_TOKEN for /calls and /metrics'
        : '/calls, /metrics and /openapi.json, with a bearer token',
    ],
    ['Calls out', outboundText(config)],
  ];
  const title = `${colors.bold(`Hookswitch ${version}`)} listens on ${colors.cyan(url)}`;
  return `${title}\n\n${formatTable(rows.map(([name, text]) => [`  ${colors.dim(name)}`, text]))}\n`;
}

function block(name: string, lines: readonly string[]): [string, string][] {
  return lines.map((line, index) => [index === 0 ? name : '', line]);
}

function describeFlow(loaded: LoadedFlow, all: readonly LoadedFlow[], { showNumbers }: HookswitchConfig): string {
  const { flow, numbers = [], subAccounts = [] } = loaded;
  const { name, version } = flow.options;
  const isNewest = all.findLast((other) => other.flow.name === name)?.flow === flow;
  const answers = [
    ...numbers.map((number) => (showNumbers === true ? number : maskNumber(number))),
    ...subAccounts.map((id) => `subaccount ${id}`),
    ...(defaultRoute(all)?.flow === flow ? ['every other call'] : []),
  ];
  const title = version === '1' ? name : `${name} ${version}`;
  return `${title}: ${answers.length > 0 ? answers.join(', ') : isNewest ? 'calls that are placed' : 'calls that began with it'}`;
}

/** What is wrong where calls to most numbers would hear the fallback. */
function unansweredText(flows: readonly LoadedFlow[], { yellow }: Colors): string[] {
  if (defaultRoute(flows) !== null) return [];
  return [yellow('calls to other numbers hear the fallback: in hookswitch.config.ts, give one flow default: true, or numbers to each')];
}

function storeText(store: HookswitchConfig['store']): string {
  const name = describeStore(store);
  if (name === 'memory') return 'memory; all calls are forgotten when the server stops';
  return name.startsWith('sqlite:') ? `${name}; serves this one process` : name;
}

function verificationText({ config, isUnverified }: Started, { yellow }: Colors): string {
  if (isUnverified)
    return yellow('taken from anybody on this machine, for trying things out; set HOOKSWITCH_WEBHOOK_SECRET before others can reach it');
  const { weak } = createSharedSecret(config.webhookSecrets ?? []);
  const list = config.allowedAddresses === undefined ? '' : ' and an address list';
  const advice = weak.length === 0 ? '' : yellow(`; secret ${weak.join(' and ')} is short enough to be guessed`);
  return `checked by a shared secret${list}${advice}`;
}

function registerText(config: HookswitchConfig, url: string): string[] {
  if (config.publicUrl === undefined)
    return [`nothing yet: 8x8 needs a public URL for ${url}/webhooks; set HOOKSWITCH_PUBLIC_URL, then: hookswitch webhooks set`];
  return [
    'at 8x8 with hookswitch webhooks set, if that is not done:',
    ...Object.entries(webhookUrls(config.publicUrl)).map(([type, to]) => `${type}  ${to}`),
  ];
}

function outboundText({ subAccountId, subAccounts = [] }: HookswitchConfig): string {
  const ids = [...(subAccountId === undefined ? [] : [subAccountId]), ...subAccounts.map(({ id }) => id)];
  if (ids.length === 0) return 'none; set HOOKSWITCH_SUBACCOUNT_ID and HOOKSWITCH_API_KEY to place calls';
  return `with subaccount ${ids.join(', ')}`;
}

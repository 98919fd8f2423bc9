import { isFlow } from '@hookswitch/dsl';
import { optionSet, type Schema, valueThat } from '@hookswitch/dsl/options';
import { APP_OPTIONS, HOOKSWITCH_OPTIONS, SERVER_OPTIONS, SESSION_OPTIONS, SHUTDOWN_OPTIONS } from '@hookswitch/runtime/inside';

/** One key of `hookswitch.config.ts`. */
export interface Setting extends Schema {
  /** Environment variables; the first that is set counts. */
  readonly 'x-env'?: readonly string[];
  /** Flag of `hookswitch start`. */
  readonly 'x-flag'?: string;
}

const DAY = 86_400_000;
const OPTIONS = {
  ...HOOKSWITCH_OPTIONS.properties,
  ...APP_OPTIONS.properties,
  ...SERVER_OPTIONS.properties,
  ...SHUTDOWN_OPTIONS.properties,
};
const { delivery, retention, ...session } = SESSION_OPTIONS.properties;
/** What is set in other places: naming it twice would leave open which one counts. */
const ELSEWHERE = { delivery: 'set delivery beside sessions', retention: 'set retentionDays beside sessions' };

const TEXT = { type: 'string', pattern: '\\S', 'x-form': 'a text' } as const;
const TEXTS = { type: 'array', items: TEXT, minItems: 1, 'x-form': 'a list of texts, at least one' } as const;
const FLOW = valueThat('a flow', isFlow);

const ROUTE = optionSet(
  {
    flow: { anyOf: [FLOW, TEXT], 'x-form': 'a flow, or the path of the file that exports it' },
    numbers: {
      ...{ type: 'array', items: { type: 'string', pattern: '^\\+?[1-9]\\d{4,14}$' }, minItems: 1, 'x-secret': true },
      'x-form': 'a list of numbers in E.164 form, with or without +',
    },
    subAccounts: { ...TEXTS, 'x-form': 'a list of ids' },
    default: { type: 'boolean' },
  },
  { required: ['flow'] },
);

const FLOWS = {
  anyOf: [
    {
      type: 'array',
      items: { anyOf: [FLOW, TEXT, ROUTE], 'x-form': 'a path, a flow, or { flow, numbers, subAccounts, default }' },
      minItems: 1,
    },
    TEXT,
  ],
  'x-form': 'a path, or a list of paths, flows and routes, at least one',
} as const;

/** Kinds of store that a text can name; the rest of the text is checked when the store is opened. */
const STORE = valueThat('memory, sqlite:FILE, postgres://…, or a store of your own', isStore, { 'x-secret': true });

function isStore(value: unknown): boolean {
  if (typeof value === 'string') return /^(memory$|sqlite:.|postgres(ql)?:\/\/)/.test(value);
  return typeof value === 'object' && value !== null;
}

/** Every key of `hookswitch.config.ts`: where it may come from, what it must be, its default. `docs/configuration.md` lists the same, held by a test. */
export const SETTINGS = {
  flows: {
    ...FLOWS,
    default: 'flows',
    'x-env': ['HOOKSWITCH_FLOWS'],
    description: 'Folders or files with flows, and which numbers and subaccounts they answer.',
  },
  port: {
    ...OPTIONS.port,
    'x-env': ['HOOKSWITCH_PORT', 'PORT'],
    'x-flag': '--port',
    description: 'Port to listen on; 0 takes any that is free.',
  },
  host: {
    ...OPTIONS.host,
    'x-env': ['HOOKSWITCH_HOST'],
    'x-flag': '--host',
    description: 'Address to listen on; 0.0.0.0 for all.',
  },
  store: {
    ...STORE,
    default: OPTIONS.store.default,
    'x-env': ['HOOKSWITCH_STORE', 'DATABASE_URL'],
    'x-flag': '--store',
    description: 'Where calls are kept: memory, sqlite:FILE or postgres://….',
  },
  publicUrl: {
    ...OPTIONS.publicUrl,
    'x-env': ['HOOKSWITCH_PUBLIC_URL'],
    description: 'Where 8x8 reaches the server from outside, e.g. https://ivr.example.com.',
  },
  webhookSecrets: {
    ...TEXTS,
    'x-secret': true,
    'x-env': ['HOOKSWITCH_WEBHOOK_SECRET'],
    description: 'What 8x8 sends as Authorization with its webhooks; several while one is exchanged, the first is registered.',
  },
  apiTokens: {
    type: 'array',
    minItems: 1,
    'x-form': 'a list of tokens, at least one',
    'x-secret': true,
    'x-env': ['HOOKSWITCH_API_TOKEN'],
    description: 'Bearer tokens for /calls, /metrics and the console, each label:role:token; without any these are closed.',
  },
  auditDays: { ...OPTIONS.auditDays, 'x-env': ['HOOKSWITCH_AUDIT_DAYS'], description: 'Days that the audit list is kept.' },
  auditRows: {
    ...OPTIONS.auditRows,
    'x-env': ['HOOKSWITCH_AUDIT_ROWS'],
    description: 'Entries of the audit list that are kept at most; requests that were refused are counted apart.',
  },
  insightDays: {
    ...OPTIONS.insightDays,
    'x-env': ['HOOKSWITCH_INSIGHT_DAYS'],
    description: 'Days that insights are kept, whatever becomes of the calls that they count.',
  },
  dataKeys: {
    ...TEXT,
    'x-secret': true,
    'x-env': ['HOOKSWITCH_DATA_KEYS'],
    description: 'Keys that encrypt what is sensitive: base64 of 32 bytes each, comma separated; the first seals, all open.',
  },
  subAccountId: {
    ...TEXT,
    'x-env': ['HOOKSWITCH_SUBACCOUNT_ID'],
    description: 'The subaccount at 8x8 that calls are placed with; needs apiKey.',
  },
  apiKey: {
    ...TEXT,
    'x-secret': true,
    'x-env': ['HOOKSWITCH_API_KEY'],
    description: 'The API key of subAccountId at 8x8.',
  },
  subAccounts: {
    ...OPTIONS.subAccounts,
    minItems: 1,
    'x-form': 'a list of { id, apiKey }, at least one',
    description: 'Several subaccounts: [{ id, apiKey }].',
  },
  platformUrl: {
    ...OPTIONS.platformUrl,
    'x-env': ['HOOKSWITCH_PLATFORM_URL'],
    description: 'The REST API of 8x8.',
  },
  exportsUrl: {
    ...OPTIONS.publicUrl,
    'x-env': ['HOOKSWITCH_EXPORTS_URL'],
    description: "Where 8x8 exports logs of calls; without it https://voice.wavecell.com, or platformUrl where that is not 8x8's.",
  },
  allowUnverified: {
    ...OPTIONS.allowUnverified,
    'x-flag': '--allow-unverified',
    description: 'Accept webhooks from anybody although no secret is set; on loopback only.',
  },
  allowedAddresses: {
    anyOf: [{ const: '8x8' }, TEXTS],
    'x-form': "'8x8' or a list of addresses, at least one",
    'x-env': ['HOOKSWITCH_ALLOWED_ADDRESSES'],
    description: "Addresses and networks that webhooks may come from, in addition to the secret; '8x8' for those that 8x8 publishes.",
  },
  trustProxy: {
    ...OPTIONS.trustProxy,
    'x-env': ['HOOKSWITCH_TRUST_PROXY'],
    description: 'How many proxies stand in front of the server, or their addresses.',
  },
  delivery: {
    ...delivery,
    'x-env': ['HOOKSWITCH_DELIVERY'],
    description: 'All actions up to the next decision in one answer, or one action per answer.',
  },
  afterBridge: {
    enum: ['asks', 'ends', 'unknown'],
    default: 'unknown',
    'x-env': ['HOOKSWITCH_AFTER_BRIDGE'],
    description: 'What 8x8 does when the second party of a bridge has gone and the caller stays; `check` goes by it.',
  },
  checkAtStart: {
    type: 'boolean',
    default: true,
    'x-env': ['HOOKSWITCH_CHECK_AT_START'],
    description: 'Once `start` listens, explore the flows in a process of low priority, and log a warning for each that `check` refuses.',
  },
  sessions: {
    ...optionSet(session, { 'x-elsewhere': ELSEWHERE }),
    description: 'Budget, holds, fallback, voice and patience of calls.',
  },
  retentionDays: {
    type: 'integer',
    minimum: 1,
    maximum: 36_500,
    default: retention.default / DAY,
    'x-env': ['HOOKSWITCH_RETENTION_DAYS'],
    description: 'Days that finished calls are kept.',
  },
  hooks: {
    ...OPTIONS.hooks,
    description: 'Functions that are told what happens: onEnd, onFallback, onError and others.',
  },
  logLevel: {
    ...OPTIONS.logLevel,
    'x-env': ['HOOKSWITCH_LOG_LEVEL'],
    'x-flag': '--log-level',
    description: 'Lowest level of log lines.',
  },
  showNumbers: {
    ...OPTIONS.showNumbers,
    'x-env': ['HOOKSWITCH_SHOW_NUMBERS'],
    description: 'Show telephone numbers in logs and lists as they are.',
  },
  bodyLimit: {
    ...OPTIONS.bodyLimit,
    minimum: 1024,
    maximum: 104_857_600,
    description: 'Bytes of a webhook.',
  },
  keepAliveTimeout: {
    ...OPTIONS.keepAliveTimeout,
    'x-env': ['HOOKSWITCH_KEEP_ALIVE_TIMEOUT'],
    description: 'Milliseconds that a connection is kept which nobody uses: longer than the proxy in front keeps it.',
  },
  drain: {
    ...OPTIONS.drain,
    'x-env': ['HOOKSWITCH_DRAIN'],
    description: 'Milliseconds after SIGTERM in which /ready says no and webhooks are still answered, before the port closes.',
  },
  grace: {
    ...OPTIONS.grace,
    'x-env': ['HOOKSWITCH_GRACE'],
    description: 'Milliseconds that turns under way may take once the port is closed.',
  },
} as const satisfies Readonly<Record<string, Setting>>;

/** A key of `hookswitch.config.ts`. */
export type SettingName = keyof typeof SETTINGS;

/** The settings in their order, typed alike. */
export const SETTING_LIST: readonly (readonly [SettingName, Setting])[] = Object.entries(SETTINGS) as [SettingName, Setting][];

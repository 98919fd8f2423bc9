/** How the value of a setting is read from a text and checked; see `setting-kinds.ts`. */
export type SettingKind =
  | 'text'
  | 'texts'
  | 'tokens'
  | 'url'
  | 'store'
  | 'integer'
  | 'boolean'
  | 'choice'
  | 'addresses'
  | 'proxies'
  | 'flows'
  | 'subaccounts'
  | 'sessions'
  | 'hooks';

/** One key of `hookswitch.config.ts`. */
export interface Setting {
  readonly kind: SettingKind;
  /** Environment variables; the first that is set counts. */
  readonly env?: readonly string[];
  /** Flag of `hookswitch start`. */
  readonly flag?: string;
  /** Never printed. */
  readonly secret?: boolean;
  /** For `choice`. */
  readonly choices?: readonly string[];
  /** For `integer`, both included. */
  readonly range?: readonly [number, number];
  /** What counts when nobody says anything; absent where there is nothing. */
  readonly default?: string | number | boolean;
  readonly describe: string;
}

const MOST_BYTES = 104_857_600;
const DAY = 86_400_000;

/** Every key of `hookswitch.config.ts`. `docs/configuration.md` lists the same, held by a test. */
export const SETTINGS = {
  flows: {
    kind: 'flows',
    env: ['HOOKSWITCH_FLOWS'],
    default: 'flows',
    describe: 'Folders or files with flows, and which numbers and subaccounts they answer.',
  },
  port: {
    kind: 'integer',
    range: [0, 65_535],
    env: ['HOOKSWITCH_PORT', 'PORT'],
    flag: '--port',
    default: 3000,
    describe: 'Port to listen on; 0 takes any that is free.',
  },
  host: {
    kind: 'text',
    env: ['HOOKSWITCH_HOST'],
    flag: '--host',
    default: '127.0.0.1',
    describe: 'Address to listen on; 0.0.0.0 for all.',
  },
  store: {
    kind: 'store',
    env: ['HOOKSWITCH_STORE', 'DATABASE_URL'],
    flag: '--store',
    secret: true,
    default: 'sqlite:.hookswitch/calls.db',
    describe: 'Where calls are kept: memory, sqlite:FILE or postgres://….',
  },
  publicUrl: {
    kind: 'url',
    env: ['HOOKSWITCH_PUBLIC_URL'],
    describe: 'Where 8x8 reaches the server from outside, e.g. https://ivr.example.com.',
  },
  webhookSecrets: {
    kind: 'texts',
    env: ['HOOKSWITCH_WEBHOOK_SECRET'],
    secret: true,
    describe: 'What 8x8 sends as Authorization with its webhooks; several while one is exchanged, the first is registered.',
  },
  apiTokens: {
    kind: 'tokens',
    env: ['HOOKSWITCH_API_TOKEN'],
    secret: true,
    describe: 'Bearer tokens for /calls, /metrics and the console, each label:role:token; without any these are closed.',
  },
  dataKeys: {
    kind: 'text',
    env: ['HOOKSWITCH_DATA_KEYS'],
    secret: true,
    describe: 'Keys that encrypt what is sensitive: base64 of 32 bytes each, comma separated; the first seals, all open.',
  },
  subAccountId: {
    kind: 'text',
    env: ['HOOKSWITCH_SUBACCOUNT_ID'],
    describe: 'The subaccount at 8x8 that calls are placed with; needs apiKey.',
  },
  apiKey: { kind: 'text', env: ['HOOKSWITCH_API_KEY'], secret: true, describe: 'The API key of subAccountId at 8x8.' },
  subAccounts: { kind: 'subaccounts', secret: true, describe: 'Several subaccounts: [{ id, apiKey }].' },
  platformUrl: {
    kind: 'url',
    env: ['HOOKSWITCH_PLATFORM_URL'],
    default: 'https://voice.8x8.com',
    describe: 'The REST API of 8x8.',
  },
  exportsUrl: {
    kind: 'url',
    env: ['HOOKSWITCH_EXPORTS_URL'],
    describe: "Where 8x8 exports logs of calls; without it https://voice.wavecell.com, or platformUrl where that is not 8x8's.",
  },
  allowUnverified: {
    kind: 'boolean',
    flag: '--allow-unverified',
    default: false,
    describe: 'Accept webhooks from anybody although no secret is set; on loopback only.',
  },
  allowedAddresses: {
    kind: 'addresses',
    env: ['HOOKSWITCH_ALLOWED_ADDRESSES'],
    describe: "Addresses and networks that webhooks may come from, in addition to the secret; '8x8' for those that 8x8 publishes.",
  },
  trustProxy: {
    kind: 'proxies',
    env: ['HOOKSWITCH_TRUST_PROXY'],
    describe: 'How many proxies stand in front of the server, or their addresses.',
  },
  delivery: {
    kind: 'choice',
    choices: ['callflow', 'action'],
    env: ['HOOKSWITCH_DELIVERY'],
    default: 'callflow',
    describe: 'All actions up to the next decision in one answer, or one action per answer.',
  },
  afterBridge: {
    kind: 'choice',
    choices: ['asks', 'ends', 'unknown'],
    env: ['HOOKSWITCH_AFTER_BRIDGE'],
    default: 'unknown',
    describe: 'What 8x8 does when the second party of a bridge has gone and the caller stays; `check` goes by it.',
  },
  checkAtStart: {
    kind: 'boolean',
    env: ['HOOKSWITCH_CHECK_AT_START'],
    default: true,
    describe: 'Once `start` listens, explore the flows in a process of low priority, and log a warning for each that `check` refuses.',
  },
  sessions: { kind: 'sessions', describe: 'Budget, holds, fallback, voice and patience of calls.' },
  retentionDays: {
    kind: 'integer',
    range: [1, 36_500],
    env: ['HOOKSWITCH_RETENTION_DAYS'],
    default: 30,
    describe: 'Days that finished calls are kept.',
  },
  auditDays: {
    kind: 'integer',
    range: [1, 36_500],
    env: ['HOOKSWITCH_AUDIT_DAYS'],
    default: 365,
    describe: 'Days that the audit list is kept.',
  },
  auditRows: {
    kind: 'integer',
    range: [1, 10_000_000],
    env: ['HOOKSWITCH_AUDIT_ROWS'],
    default: 100_000,
    describe: 'Entries of the audit list that are kept at most; requests that were refused are counted apart.',
  },
  hooks: { kind: 'hooks', describe: 'Functions that are told what happens: onEnd, onFallback, onError and others.' },
  logLevel: {
    kind: 'choice',
    choices: ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'],
    env: ['HOOKSWITCH_LOG_LEVEL'],
    flag: '--log-level',
    default: 'info',
    describe: 'Lowest level of log lines.',
  },
  showNumbers: {
    kind: 'boolean',
    env: ['HOOKSWITCH_SHOW_NUMBERS'],
    default: false,
    describe: 'Show telephone numbers in logs and lists as they are.',
  },
  bodyLimit: { kind: 'integer', range: [1024, MOST_BYTES], default: 1_048_576, describe: 'Bytes of a webhook.' },
  keepAliveTimeout: {
    kind: 'integer',
    range: [1_000, DAY],
    env: ['HOOKSWITCH_KEEP_ALIVE_TIMEOUT'],
    default: 620_000,
    describe: 'Milliseconds that a connection is kept which nobody uses: longer than the proxy in front keeps it.',
  },
  drain: {
    kind: 'integer',
    range: [0, DAY],
    env: ['HOOKSWITCH_DRAIN'],
    default: 5_000,
    describe: 'Milliseconds after SIGTERM in which /ready says no and webhooks are still answered, before the port closes.',
  },
  grace: {
    kind: 'integer',
    range: [0, DAY],
    env: ['HOOKSWITCH_GRACE'],
    default: 15_000,
    describe: 'Milliseconds that turns under way may take once the port is closed.',
  },
} as const satisfies Readonly<Record<string, Setting>>;

/** A key of `hookswitch.config.ts`. */
export type SettingName = keyof typeof SETTINGS;

/** The settings in their order, typed alike. */
export const SETTING_LIST: readonly (readonly [SettingName, Setting])[] = Object.entries(SETTINGS) as [SettingName, Setting][];

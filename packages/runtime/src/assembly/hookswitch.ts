import { randomUUID } from 'node:crypto';
import type { FastifyBaseLogger } from 'fastify';
import { type Clock, systemClock } from '../clock.ts';
import { SealKeyMissingError } from '../errors/seal-key-missing-error.ts';
import { RoutingError } from '../errors/routing-error.ts';
import { CallFeed } from '../observe/call-feed.ts';
import { createMetrics, type Metrics } from '../observe/telemetry.ts';
import { sharedLook } from '../observe/shared-look.ts';
import { type SteadyLog, steadyLog } from '../observe/steady-log.ts';
import { SubAccounts } from '../payloads/parse-webhook.ts';
import { HookCalls } from './hook-calls.ts';
import { createPost } from './create-post.ts';
import { earlySummary } from './early-summary.ts';
import { createWebhookObserver } from './webhook-observer.ts';
import type { WebhookObserver } from '../webhook/plugin.ts';
import { createCallsObserver } from './session-observer.ts';
import { steadyObserver } from './steady-observer.ts';
import { type CompleteOptions, readOptions, settingsOf } from './check-options.ts';
import type { HookswitchOptions } from './options.ts';
import { type CallRequest, placeCall, type PlacedCall } from './place-call.ts';
import { type SentSignal, type SignalOptions, SignalSender } from './send-signal.ts';
import { createPlatformClient, type PlatformClient } from '../platform/index.ts';
import { type CallReports, createReports } from '../report/reports.ts';
import { createRoutes, type Routes } from '../routing/flow-router.ts';
import { parseDataKeys } from '../security/key-ring.ts';
import { createSealer } from '../security/seal.ts';
import { Calls } from '../calls/calls.ts';
import type { CallsContext } from '../calls/context.ts';
import { Folding } from '../calls/folding.ts';
import { countEnded, sweep } from '../calls/sweep.ts';
import { openStore } from '../store/open-store.ts';
import type { AuditBounds, Store } from '../store/store.ts';

const PRUNE_EVERY = 60_000;
const PRUNE_BATCH = 200;
const DAY = 86_400_000;
/** Between two batches as long as there are more. */
const NEXT_BATCH = 250;

/** Everything behind the routes of one server: no globals, so that several live in one process. */
export interface Hookswitch {
  readonly options: CompleteOptions;
  readonly store: Store;
  readonly routes: Routes;
  readonly calls: Calls;
  /** Calls as the API, the console and exports show them. */
  readonly reports: CallReports;
  readonly clients: ReadonlyMap<string, PlatformClient>;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly webhooks: WebhookObserver;
  readonly subAccounts: SubAccounts;
  /** Every call of this process as it is saved, for whoever watches. */
  readonly feed: CallFeed;
  /**
   * Places a call, as `POST /calls` does. Throws `RequestError` where a field is unknown, missing or not of its form, `UnknownFlowError`, and
   * `CallParamsError` where the params don't fit the flow's schema. What 8x8 refuses is no error: the call's `status` is `failed`.
   */
  placeCall(request: CallRequest): Promise<PlacedCall>;
  /** Counts up to `limit` calls that ended on a server which did not count, each once. Rejects where the store can't be reached. */
  countEnded(limit: number): Promise<{ readonly counted: number; readonly more: boolean }>;
  /**
   * Sends a signal to the call that `target` names (its id, the id of its session, or a tag that it alone of all open calls has, e.g. `order=4711`), as
   * `POST /calls/:id/signals/:name` does. `value` is JSON of at most 64 KB. Throws `SignalRefusedError` where the call is unknown or over, its flow waits for no such signal, or
   * the value does not fit its schema: nothing has changed then.
   */
  signal(target: string, name: string, value?: unknown, options?: SignalOptions): Promise<SentSignal>;
  /** Opens the store and starts the sweeper. */
  start(): Promise<void>;
  /** From now on `/ready` says no: whoever sends webhooks should turn to another server. */
  retire(): void;
  /** Finishes the turns under way, stops the sweeper, closes the store. */
  stop(): Promise<void>;
  readonly stopping: boolean;
}

/** Puts a server together. Throws for flows that can't be served as they are configured; connects to nothing yet. */
export function createHookswitch(given: HookswitchOptions, logger: FastifyBaseLogger): Hookswitch {
  const log = steadyLog(logger);
  const options = readOptions(given);
  const settings = settingsOf(options);
  const clock = options.clock ?? systemClock;
  const routes = createRoutes(options.flows, options.chooseFlow);
  if (routes.flows.length === 0) throw new RoutingError('There is no flow to serve. Give the server at least one: flows: [flow].');
  const sealer = createSealer(parseDataKeys(options.dataKeys));
  const sensitive = routes.flows.find(({ chart }) => [...chart.sites.values()].some((site) => site.sensitive));
  if (sensitive !== undefined && !sealer.canSeal) throw new SealKeyMissingError(null);
  const store = typeof options.store === 'object' ? options.store : openStore(options.store);
  const metrics = createMetrics({
    liveCalls: sharedLook(clock, () => store.liveCounts()),
    process: options.processMetrics,
    ...(options.droppedLogLines === undefined ? {} : { droppedLogLines: options.droppedLogLines }),
  });
  const hooks = options.hooks ?? {};
  const hookCalls = new HookCalls(clock, log);
  const feed = new CallFeed();
  const clients = new Map(
    (options.subAccounts ?? []).map(({ id, apiKey }) => [
      id,
      createPlatformClient({
        apiKey,
        subAccountId: id,
        baseUrl: options.platformUrl,
        ...(options.platformFetch === undefined ? {} : { fetch: options.platformFetch }),
      }),
    ]),
  );
  const { rehearsal } = options;
  const mintId: CallsContext['mintId'] = rehearsal === undefined ? () => randomUUID() : (call) => rehearsal.callId(call);
  const context: CallsContext = {
    store,
    clock,
    flows: routes,
    settings,
    observer: steadyObserver(createCallsObserver(log, metrics, hooks, hookCalls), log),
    watchers: feed.watchers,
    sealer,
    onEnd: async (call) => {
      await hooks.onEnd?.(call);
    },
    post: createPost(clients),
    earlySummary: (session) => earlySummary(store, session),
    mintId,
    rehearsal,
  };
  const calls = new Calls(context);
  const subAccounts = new SubAccounts([...clients.keys()]);
  const signals = new SignalSender({ calls, store, clock, subAccounts });
  const folding = new Folding();
  const rounds = [
    new Round(clock, options.sweepEvery, () => sweep(context, calls, folding), log),
    new Round(clock, PRUNE_EVERY, async () => (await store.prune(clock.now() - settings.retention, PRUNE_BATCH)) >= PRUNE_BATCH, log),
    new Round(
      clock,
      PRUNE_EVERY,
      async () => (await store.pruneCounts(clock.now() - options.insightDays * DAY, PRUNE_BATCH)) >= PRUNE_BATCH,
      log,
    ),
    new Round(clock, PRUNE_EVERY, async () => (await store.pruneAudit(auditBounds(options, clock), PRUNE_BATCH)) >= PRUNE_BATCH, log),
  ];
  let stopping = false;
  return {
    options,
    store,
    routes,
    calls,
    reports: createReports({ store, sealer, showNumbers: options.showNumbers ?? false }),
    clients,
    clock,
    metrics,
    feed,
    subAccounts,
    webhooks: createWebhookObserver({ clock, log, metrics, hooks, calls: hookCalls }),
    get stopping() {
      return stopping;
    },
    async placeCall(request) {
      const placed = await placeCall({ routes, calls, store, clients, clock, mintId }, request);
      metrics.outbound(placed.repeated ? 'repeated' : placed.call.status);
      return placed;
    },
    countEnded: (limit) => countEnded(context, calls, limit),
    signal: (target, name, value, options = {}) => signals.send(target, name, value, options),
    async start() {
      await store.open();
      await calls.prepare();
      for (const round of rounds) round.start();
    },
    retire() {
      stopping = true;
    },
    async stop() {
      stopping = true;
      for (const round of rounds) await round.stop();
      await calls.settled();
      await hookCalls.settled();
      await store.close();
    },
  };
}

/** Which entries of the audit list are too many now. */
function auditBounds({ auditDays, auditRows }: CompleteOptions, clock: Clock): AuditBounds {
  return { before: clock.now() - auditDays * DAY, keep: auditRows };
}

/** Something that is done over and over, one batch at a time: sooner again as long as it says that there is more. */
class Round {
  readonly #clock: Clock;
  readonly #every: number;
  readonly #task: () => Promise<boolean>;
  readonly #log: SteadyLog;
  #cancel: () => void = () => undefined;
  #running: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(clock: Clock, every: number, task: () => Promise<boolean>, log: SteadyLog) {
    this.#clock = clock;
    this.#every = every;
    this.#task = task;
    this.#log = log;
  }

  start(pause = this.#every): void {
    this.#cancel = this.#clock.timer(pause, () => {
      this.#running = this.#task()
        .catch((error: unknown) => {
          this.#log.warn({ err: error }, 'background work failed; it is tried again');
          return false;
        })
        .then((isMore) => {
          if (!this.#stopped) this.start(isMore ? Math.min(NEXT_BATCH, this.#every) : this.#every);
        });
    });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancel();
    await this.#running;
  }
}

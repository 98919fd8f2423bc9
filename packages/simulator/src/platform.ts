import { withDefaults } from '@hookswitch/dsl/options';
import type { FastifyInstance } from 'fastify';
import { silentCaller, type Caller } from './callers/caller.ts';
import { readParty } from './callers/party.ts';
import { Person } from './callers/person.ts';
import { RestartGate } from './chaos/restart-gate.ts';
import { AudioFiles } from './delivery/audio-files.ts';
import { Courier, type DeliveryNote } from './delivery/courier.ts';
import { HttpSender } from './delivery/http-sender.ts';
import { SimulatorClosedError } from './errors/simulator-closed-error.ts';
import { FaultLog, type Fault, type FaultKind } from './faults.ts';
import { checkOption } from './check-option.ts';
import { INBOUND_CALL, type InboundCall, type ListenOptions, type Thinking } from './call-options.ts';
import { listenTo } from './rest/listen-to.ts';
import { CALLEE, readPlatformOptions, type Callee, type PlatformOptions, type PlatformSettings } from './platform-options.ts';
import { randomFrom } from './random/random.ts';
import { AwaitedCalls } from './registry/awaited-calls.ts';
import { NumberPool } from './registry/number-pool.ts';
import { OutboundRate } from './registry/outbound-rate.ts';
import { Recordings } from './registry/recordings.ts';
import { Voices } from './registry/voices.ts';
import { WebhookRegistry, type WebhookUrls } from './registry/webhooks.ts';
import type { Ordered, OutboundOrder } from './rest/outbound-order.ts';
import { buildRestServer } from './rest/rest-server.ts';
import { CallSession } from './session/call-session.ts';
import type { SessionStart } from './session/session-start.ts';
import type { PlatformContext } from './session/context.ts';
import { liveInbound, liveOutbound } from './session/live.ts';
import { SimulatedSession } from './session/simulated-session.ts';
import { writeNumberEvent, type NumberStatus } from './wire/number-event.ts';
import { CALM } from './chaos/delivery-plan.ts';

/** Makes a platform. Throws `SimulatorOptionError` for options that are unknown or impossible. */
export function createPlatform(options: PlatformOptions = {}): Platform {
  return new Platform(readPlatformOptions(options));
}

/** A platform that behaves as 8x8's does: it takes calls, sends webhooks, carries out the answers, and serves the REST API. */
export class Platform {
  readonly subAccountId: string;
  /** The seed that reproduces this run. */
  readonly seed: string;
  readonly #settings: PlatformSettings;
  readonly #context: PlatformContext;
  readonly #sender: HttpSender;
  readonly #faults: FaultLog;
  readonly #gate: RestartGate;
  readonly #rest: FastifyInstance;
  readonly #live = new Map<string, SimulatedSession>();
  readonly #past = new Map<string, SimulatedSession>();
  readonly #onDelivery = new Set<(note: DeliveryNote) => void>();
  readonly #onFault = new Set<(fault: Fault) => void>();
  readonly #onSession = new Set<(session: SimulatedSession) => void>();
  readonly #awaited = new AwaitedCalls();
  readonly #rate: OutboundRate;
  #state: 'new' | 'listening' | 'closed' = 'new';
  #url = '';
  #calls = 0;

  /** Use `createPlatform`. */
  constructor(settings: PlatformSettings) {
    this.#settings = settings;
    this.subAccountId = settings.subAccountId;
    this.seed = settings.seed;
    this.#faults = new FaultLog(settings.remember);
    this.#sender = new HttpSender(settings.connections);
    this.#gate = new RestartGate(() => this.#sender.renew());
    this.#rate = new OutboundRate(settings.behaviour);
    const { behaviour, chaos, clock } = settings;
    const webhooks = new WebhookRegistry();
    webhooks.use(settings.webhookUrls, settings.httpAuthHeader);
    this.#context = {
      ...settings,
      idSeed: `${settings.seed}/${settings.idSalt}`,
      courier: new Courier(this.#sender, this.#gate, behaviour, chaos, (note) => this.#onDelivery.forEach((listener) => listener(note))),
      gate: this.#gate,
      webhooks,
      numbers: new NumberPool(settings.numbers, clock.now()),
      voices: new Voices(settings.voices),
      files: new AudioFiles(clock),
      recordings: new Recordings(),
      onFault: (fault) => {
        this.#faults.add(fault);
        for (const listener of this.#onFault) listener(fault);
      },
    };
    this.#rest = buildRestServer(this.#context, settings.apiKeys, (order) => this.#outboundCall(order));
  }

  /** Begins to serve the REST API and gives its base URL. */
  async listen(options: ListenOptions = {}): Promise<string> {
    if (this.#state === 'closed') throw new SimulatorClosedError('listen', 'closed');
    this.#url = await listenTo(this.#rest, options);
    this.#state = 'listening';
    return this.#url;
  }

  /** Base URL of the REST API, without a slash at its end. */
  get url(): string {
    if (this.#state !== 'listening') throw new SimulatorClosedError('url', this.#state === 'new' ? 'not listening yet' : 'closed');
    return this.#url;
  }

  /** Registers these webhooks in place of all others. */
  useWebhooks(urls: WebhookUrls, httpAuthHeader: string | null = this.#settings.httpAuthHeader): void {
    this.#context.webhooks.use(urls, httpAuthHeader);
  }

  /** Somebody calls a virtual number. */
  inboundCall(call: InboundCall = {}): SimulatedSession {
    if (this.#state === 'closed') throw new SimulatorClosedError('inboundCall', 'closed');
    checkOption('inboundCall', INBOUND_CALL, call);
    const count = ++this.#calls;
    const from = call.from === undefined ? `+65${80_000_000 + (count % 10_000_000)}` : call.from;
    const to = call.to ?? this.#context.numbers.all[0]?.number ?? '+6531580000';
    const { thinkMs, thinking } = withDefaults<Thinking>(INBOUND_CALL, call);
    const { session, handle } = this.#open(call.caller ?? 'person', call.keepEvents ?? this.#settings.keepEvents, {
      call: call.name ?? String(count),
      direction: 'inbound',
      from,
      to,
      thinkMs,
      thinking,
    });
    void liveInbound(session);
    return handle;
  }

  /** Who takes the next outbound call to `number`, in place of `onOutbound`; gives the call once the server has placed it, and never where `refusal` is given. */
  nextCallTo(number: string, callee: Callee = {}): Promise<SimulatedSession> {
    checkOption('nextCallTo', CALLEE, callee);
    return this.#awaited.next(number, callee);
  }

  /** The sessions that live, oldest first. */
  get sessions(): readonly SimulatedSession[] {
    return [...this.#live.values()];
  }

  /** A session by its id, living or remembered; null where there is none. */
  session(id: string): SimulatedSession | null {
    return this.#live.get(id) ?? this.#past.get(id) ?? null;
  }

  /** The newest things that were wrong with the server. */
  get faults(): readonly Fault[] {
    return this.#faults.kept;
  }

  /** How often each kind of thing was wrong. */
  get faultCounts(): Readonly<Partial<Record<FaultKind, number>>> {
    return this.#faults.counts;
  }

  /** How often chaos restarted the server. */
  get restarts(): number {
    return this.#gate.restarts;
  }

  /** Calls `listener` for each delivery of a webhook; the returned function ends that. */
  onDelivery(listener: (note: DeliveryNote) => void): () => void {
    return subscribe(this.#onDelivery, listener);
  }

  /** Calls `listener` for each fault; the returned function ends that. */
  onFault(listener: (fault: Fault) => void): () => void {
    return subscribe(this.#onFault, listener);
  }

  /** Calls `listener` for each session that begins, before its first event; the returned function ends that. */
  onSession(listener: (session: SimulatedSession) => void): () => void {
    return subscribe(this.#onSession, listener);
  }

  /** Fulfilled when no session lives any more. */
  async idle(): Promise<void> {
    while (this.#live.size > 0) await Promise.all([...this.#live.values()].map((session) => session.closed));
  }

  /** Changes the status of a virtual number, and tells of it by a VNU. */
  async updateNumber(number: string, status: NumberStatus): Promise<void> {
    const { numbers, webhooks, courier, behaviour, clock } = this.#context;
    const updated = numbers.update(number, status, clock.now());
    const webhook = webhooks.active('VNU');
    if (webhook === null) return;
    const body = writeNumberEvent(this.subAccountId, numbers.all, [updated], behaviour.wire);
    const timeline = clock.timeline();
    await courier.deliver({ webhook, write: () => body, plan: CALM, timeline, track: () => {}, later: () => {}, differs: () => {} });
    timeline.close();
  }

  /** Stops everything at once: living sessions go no further. */
  async close(): Promise<void> {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    this.#settings.clock.close();
    this.#sender.close();
    await this.#rest.close();
  }

  #outboundCall({ actions, clientRequestId, validUntil }: OutboundOrder): Ordered {
    const now = this.#settings.clock.now();
    const queuedMs = this.#rate.waitAt(now);
    if (queuedMs === null) return { refusal: 429 };
    const [first] = actions;
    const { source, destination } = first?.action === 'makeCall' ? first.params : { source: '', destination: '' };
    const awaited = this.#awaited.take(destination);
    const count = `outbound-${++this.#calls}`;
    const counted = randomFrom(this.#context.idSeed, count).uuid();
    const callee =
      awaited?.callee ??
      this.#settings.onOutbound({
        sessionId: counted,
        from: source,
        to: destination,
        clientRequestId: clientRequestId ?? null,
        at: now + queuedMs,
      });
    if (callee.refusal !== undefined) return { refusal: callee.refusal };
    this.#rate.start(now + queuedMs);
    const call = callee.name ?? count;
    const { thinkMs, thinking } = withDefaults<Thinking>(CALLEE, callee);
    const { session, handle } = this.#open(callee.caller ?? silentCaller, callee.keepEvents ?? this.#settings.keepEvents, {
      call,
      direction: 'outbound',
      from: source,
      to: destination,
      clientRequestId,
      thinkMs,
      thinking,
    });
    const sessionId = session.id;
    session.callee = callee.party === undefined ? this.#settings.partyAt(destination, sessionId, call) : readParty(callee.party);
    Object.assign(session, { calleeError: callee.error ?? null, queuedMs, validMs: validUntil - now });
    awaited?.begun(handle);
    const begin = (): void => void (this.#state === 'closed' ? undefined : liveOutbound(session, actions));
    return { sessionId, call, begin };
  }

  #open(
    caller: Caller | 'person',
    keepEvents: boolean,
    start: Omit<SessionStart, 'caller' | 'isPerson' | 'onClosed'>,
  ): { readonly session: CallSession; readonly handle: SimulatedSession } {
    const person = caller === 'person' ? new Person() : null;
    const session = new CallSession(this.#context, {
      ...start,
      isPerson: person !== null,
      caller: caller === 'person' ? (person as Person) : caller,
      onClosed: () => this.#closeSession(session),
    });
    const { trunkCapacity } = this.#settings.behaviour;
    session.crowdedOut = trunkCapacity !== null && this.#live.size >= trunkCapacity;
    const handle = new SimulatedSession(session, person, keepEvents);
    this.#live.set(session.id, handle);
    for (const listener of this.#onSession) listener(handle);
    return { session, handle };
  }

  #closeSession(session: CallSession): void {
    const handle = this.#live.get(session.id);
    this.#live.delete(session.id);
    if (handle === undefined || this.#settings.remember === 0) return;
    this.#past.set(session.id, handle);
    const oldest = this.#past.keys().next().value;
    if (this.#past.size > this.#settings.remember && oldest !== undefined) this.#past.delete(oldest);
  }
}

function subscribe<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

import { type CallflowResponse, type FlowModule, stepFailure } from '@hookswitch/dsl';
import { ManualClock, settle } from '../clock.test-support.ts';
import { createPost } from '../assembly/create-post.ts';
import { DEFAULT_SETTINGS } from '../assembly/options.ts';
import type { CreateCallflow } from '../platform/index.ts';
import { createRoutes, type FlowSource } from '../routing/flow-router.ts';
import { createSealer } from '../security/seal.ts';
import { parseDataKeys } from '../security/key-ring.ts';
import { createMemoryStore } from '../store/memory/memory-store.ts';
import type { CallRecord, Store } from '../store/store.ts';
import type { SessionSummaryWebhook } from '../payloads/webhook.ts';
import type { Answer } from './call.ts';
import { Calls } from './calls.ts';
import type { Summary, Vca } from './input.ts';
import { type PlaceCall, placeRequest } from './place-request.ts';
import { readEcho } from './reply/answers.ts';
import { sweep } from './sweep.ts';
import type { CallsContext, CallsObserver } from './context.ts';
import type { SessionSettings } from './settings.ts';

/** A key for tests that seal. */
export const DATA_KEY = Buffer.from('thirty-two bytes for a test key!').toString('base64');

/** What a test may choose. */
export interface WorldOptions {
  readonly settings?: Partial<SessionSettings>;
  readonly store?: Store;
  readonly dataKeys?: string;
  readonly onEnd?: CallsContext['onEnd'];
  /** @default none: calls are real */
  readonly rehearsal?: CallsContext['rehearsal'];
  /** What the ids of calls begin with. @default 'call' */
  readonly ids?: string;
}

/** A server's calls, its store and its clock, and the platform's side of one session. */
export class World {
  readonly clock = new ManualClock();
  readonly store: Store;
  /** What the observer was told, as `name` or `name:reason`. */
  readonly told: string[] = [];
  readonly context: CallsContext;
  calls: Calls;
  /** All answers, first deliveries only. */
  readonly answers: CallflowResponse[] = [];
  #events = 0;
  readonly #ids: string;
  #minted = 0;
  readonly #idOfSession = new Map<string, string>();
  #create: CreateCallflow = () => Promise.reject(new Error('no post is expected'));

  /** A world whose store is open. */
  static async open(flows: readonly FlowSource[], options: WorldOptions = {}): Promise<World> {
    const world = new World(flows, options);
    await world.store.open();
    return world;
  }

  private constructor(flows: readonly FlowSource[], options: WorldOptions) {
    this.#ids = options.ids ?? 'call';
    this.store = options.store ?? createMemoryStore();
    this.context = {
      store: this.store,
      clock: this.clock,
      flows: createRoutes(flows),
      settings: { ...DEFAULT_SETTINGS, ...options.settings },
      observer: this.#observer(),
      watchers: new Set(),
      sealer: createSealer(parseDataKeys(options.dataKeys)),
      onEnd: options.onEnd ?? (() => Promise.resolve()),
      post: createPost(new Map([['acme', { createCallflow: (request) => this.#create(request) }]])),
      earlySummary: () => Promise.resolve(null),
      mintId: () => `${this.#ids}-${++this.#minted}`,
      rehearsal: options.rehearsal,
    };
    this.calls = new Calls(this.context);
  }

  /** Another process on the same store; this one is forgotten as if it had been killed. */
  restart(flows?: readonly FlowModule[]): void {
    this.calls = new Calls(flows === undefined ? this.context : { ...this.context, flows: createRoutes(flows) });
  }

  /** The call comes in. */
  received(change: Partial<Vca> = {}): Promise<CallflowResponse> {
    return this.send({ status: 'received', echo: null, ...change });
  }

  /** The platform has run our last answer, and the caller pressed `digits`. */
  completed(digits: string | null = null, change: Partial<Vca> = {}): Promise<CallflowResponse> {
    return this.send({ echo: readEcho(this.answers.at(-1)?.clientActionId ?? null), digits, ...change });
  }

  async send(change: Partial<Vca>): Promise<CallflowResponse> {
    const { body } = await this.deliver(this.event(change));
    const answer = JSON.parse(body) as CallflowResponse;
    this.answers.push(answer);
    return answer;
  }

  deliver(vca: Vca): Promise<Answer> {
    return this.calls.answer(vca);
  }

  /** Places a call; `create` is the platform's side of its post. */
  async place(request: PlaceCall, create: CreateCallflow): Promise<CallRecord> {
    this.#create = create;
    const record = await this.calls.place(await placeRequest(this.context, request));
    if (record === null) throw new TypeError('no such flow');
    return record;
  }

  event(change: Partial<Vca> = {}): Vca {
    const sessionId = change.sessionId ?? 'session-1';
    const isNew = !this.#idOfSession.has(sessionId);
    const id =
      this.#idOfSession.get(sessionId) ??
      (change.direction === 'outbound' ? 'unused' : this.context.mintId({ sessionId, to: '+6560000000' }));
    if (isNew) this.#idOfSession.set(sessionId, id);
    return {
      kind: 'vca',
      id: this.context.rehearsal?.callId({ sessionId, to: '+6560000000' }) ?? id,
      at: this.clock.now(),
      subAccountId: 'acme',
      sessionId,
      eventId: `event-${++this.#events}`,
      status: 'completed',
      direction: 'inbound',
      from: '+6590000001',
      to: '+6560000000',
      fromCountry: 'SG',
      toCountry: 'SG',
      sentAt: this.clock.now(),
      echo: null,
      digits: null,
      digitsProblem: null,
      legId: 'leg-1',
      leg: { legId: 'leg-2', sipCode: 200, duration: 42 },
      text: JSON.stringify({ dtmf: change.digits ?? null }),
      raw: { dtmf: change.digits ?? null },
      ...change,
    };
  }

  /** Looks after what is due, and waits for all that it began. */
  async sweep(): Promise<void> {
    await sweep(this.context, this.calls);
    await this.calls.settled();
  }

  /** The session is over. Resolves when its effects are through. */
  async over(change: Partial<Summary> & { readonly raw?: unknown } = {}): Promise<string> {
    const { raw = {}, ...rest } = change;
    const outcome = await this.calls.keep({
      kind: 'summary',
      at: this.clock.now(),
      subAccountId: 'acme',
      sessionId: 'session-1',
      status: 'COMPLETED',
      endedAt: this.clock.now(),
      clientRequestId: null,
      errorCode: null,
      errorMessage: null,
      bridge: null,
      webhook: { kind: 'vss', raw } as SessionSummaryWebhook,
      ...rest,
    });
    await settle();
    return outcome;
  }

  #observer(): CallsObserver {
    const told = this.told;
    return {
      held: () => void told.push('held'),
      fallback: (_call, reason) => void told.push(`fallback:${reason}`),
      duplicate: () => void told.push('duplicate'),
      diverged: () => void told.push('diverged'),
      suspectedPerAction: () => void told.push('suspected'),
      oddDigits: (_call, problem) => void told.push(`odd digits:${problem}`),
      stepSettled: (_call, step, ok) => void told.push(`${step}:${ok ? 'ok' : 'failed'}`),
      flowFailed: (_call, error) => void told.push(`flow failed: ${shown(error)}`),
      sessionFailed: (_call, error) => void told.push(`session failed: ${error.rule}`),
      endFailed: (_call, error) => void told.push(`onEnd failed: ${shown(error)}`),
      storeFailed: () => void told.push('store failed'),
      logged: (_call, line) => void told.push(`log:${line.message}`),
      resultRefused: (_call, error) => void told.push(`result refused: ${shown(error)}`),
      tagged: (_call, tags) => void told.push(`tagged: ${tags.map(([name, value]) => `${name}=${value}`).join(' ')}`),
      counted: () => undefined,
      turnedAway: () => void told.push('turned away'),
      warned: (_call, message) => void told.push(`warned: ${message}`),
      status: ({ callStatus }) => void told.push(`status:${callStatus}`),
      recording: ({ status }) => void told.push(`recording:${status}`),
      unknownSession: () => void told.push('unknown session'),
    };
  }
}

function shown(error: unknown): string {
  const { name, message } = stepFailure(error);
  return `${name}: ${message}`;
}

/** What a caller hears of an answer: texts, files, and how it ends. */
export function heard({ callflow }: CallflowResponse): string[] {
  return callflow.map((action) => {
    switch (action.action) {
      case 'say':
        return action.params.text;
      case 'sayAndCapture':
        return `${action.params.promptMessage} …`;
      case 'playFile':
        return `♪ ${action.params.fileUrl}`;
      case 'makeCall':
        return `☎ ${action.params.destination}`;
      case 'hangup':
        return '⏹';
    }
  });
}

/** A promise and its ends, for steps that take as long as the test wants. */
export function deferred<T>(): {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: unknown) => void;
} {
  let resolve!: (value: T) => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<T>((ok, fail) => {
    resolve = ok;
    reject = fail;
  });
  return { promise, resolve, reject };
}

import { type BridgeResult, type CallflowResponse, type FlowModule, stepFailure } from '@hookswitch/dsl';
import { ManualClock, settle } from '../clock.test-support.ts';
import { DEFAULT_SETTINGS } from '../assembly/options.ts';
import { createRoutes, type FlowSource } from '../routing/flow-router.ts';
import { createSealer } from '../security/seal.ts';
import { parseDataKeys } from '../security/key-ring.ts';
import { createMemoryStore } from '../store/memory/memory-store.ts';
import type { Store } from '../store/store.ts';
import type { Answer, CallActionEvent, SessionSummaryEvent } from './events.ts';
import { readEcho } from './action-id.ts';
import { Sessions } from './sessions.ts';
import type { SessionContext, SessionObserver, SessionSettings } from './settings.ts';

/** A key for tests that seal. */
export const DATA_KEY = Buffer.from('thirty-two bytes for a test key!').toString('base64');

/** What a test may choose. */
export interface WorldOptions {
  readonly settings?: Partial<SessionSettings>;
  readonly store?: Store;
  readonly dataKeys?: string;
  readonly onEnd?: SessionContext['onEnd'];
  /** What the ids of calls begin with. @default 'call' */
  readonly ids?: string;
}

/** A server's sessions, its store and its clock, and the platform's side of one call. */
export class World {
  readonly clock = new ManualClock();
  readonly store: Store;
  /** What the observer was told, as `name` or `name:reason`. */
  readonly told: string[] = [];
  readonly context: SessionContext;
  sessions: Sessions;
  /** All answers, first deliveries only. */
  readonly answers: CallflowResponse[] = [];
  #events = 0;
  #ids = 0;

  /** A world whose store is open. */
  static async open(flows: readonly FlowSource[], options: WorldOptions = {}): Promise<World> {
    const world = new World(flows, options);
    await world.store.open();
    return world;
  }

  private constructor(flows: readonly FlowSource[], options: WorldOptions) {
    this.store = options.store ?? createMemoryStore();
    this.context = {
      store: this.store,
      clock: this.clock,
      flows: createRoutes(flows),
      settings: { ...DEFAULT_SETTINGS, ...options.settings },
      observer: this.#observer(),
      sealer: createSealer(parseDataKeys(options.dataKeys)),
      onEnd: options.onEnd ?? (() => Promise.resolve()),
      earlySummary: () => Promise.resolve(null),
      mintId: () => `${options.ids ?? 'call'}-${++this.#ids}`,
    };
    this.sessions = new Sessions(this.context);
  }

  /** Another process on the same store; this one is forgotten as if it had been killed. */
  restart(flows?: readonly FlowModule[]): void {
    this.sessions = new Sessions(flows === undefined ? this.context : { ...this.context, flows: createRoutes(flows) });
  }

  /** The call comes in. */
  received(change: Partial<CallActionEvent> = {}): Promise<CallflowResponse> {
    return this.send({ status: 'received', echo: null, ...change });
  }

  /** The platform has run our last answer, and the caller pressed `digits`. */
  completed(digits: string | null = null, change: Partial<CallActionEvent> = {}): Promise<CallflowResponse> {
    return this.send({ echo: readEcho(this.answers.at(-1)?.clientActionId ?? null), digits, ...change });
  }

  async send(change: Partial<CallActionEvent>): Promise<CallflowResponse> {
    const { body } = await this.deliver(this.event(change));
    const answer = JSON.parse(body) as CallflowResponse;
    this.answers.push(answer);
    return answer;
  }

  deliver(event: CallActionEvent): Promise<Answer> {
    return this.sessions.callAction(event);
  }

  event(change: Partial<CallActionEvent> = {}): CallActionEvent {
    return {
      subAccountId: 'acme',
      sessionId: 'session-1',
      legId: 'leg-1',
      eventId: `event-${++this.#events}`,
      status: 'completed',
      direction: 'inbound',
      from: '+6590000001',
      to: '+6560000000',
      fromCountry: 'SG',
      toCountry: 'SG',
      at: this.clock.now(),
      echo: null,
      digits: null,
      digitsProblem: null,
      sipCode: 200,
      duration: 0,
      bridgeResult: (): BridgeResult => ({ outcome: 'answered', sipCode: 200, duration: 42 }),
      stored: ({ digits }) => JSON.stringify({ dtmf: digits ? '•' : (change.digits ?? null) }),
      ...change,
    };
  }

  /** One round of the sweeper, and all that it began. */
  async sweep(): Promise<void> {
    await this.sessions.sweep();
    await this.sessions.settled();
  }

  /** The session is over. Resolves when its effects are through. */
  async over(change: Partial<SessionSummaryEvent> = {}): Promise<string> {
    const outcome = await this.sessions.summary({
      subAccountId: 'acme',
      sessionId: 'session-1',
      status: 'COMPLETED',
      at: this.clock.now(),
      clientRequestId: null,
      errorCode: null,
      errorMessage: null,
      bridge: null,
      raw: {},
      ...change,
    });
    await settle();
    return outcome;
  }

  #observer(): SessionObserver {
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
      warned: (_call, message) => void told.push(`warned: ${message}`),
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

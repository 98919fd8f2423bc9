import {
  type BridgeResult,
  type Call,
  checkCallflow,
  type CompiledFlow,
  compile,
  type Entry,
  type FlowModule,
  type Chart,
} from '@hookswitch/dsl';
import { createApp, createMemoryStore, type JournalRow, type Store, type StoredCall } from '@hookswitch/runtime';
import type { FastifyInstance } from 'fastify';
import { parseDataKeys } from '../../packages/runtime/src/security/key-ring.ts';
import { createSealer, isSealed } from '../../packages/runtime/src/security/seal.ts';
import { AloneCall } from './alone.ts';
import { type Deed, deedOf } from './deed.ts';
import { Line, type Reply } from './line.ts';

const STARTED_AT = Date.UTC(2026, 0, 5, 3, 0, 0);
const SECOND = 1_000;
const MAX_LOOKS = 10_000;
const FALLBACK = 'This is the fallback.';
const OUTCOMES = { 200: 'answered', 486: 'busy', 480: 'no-answer', 603: 'declined', 503: 'failed' } as const;
const DATA_KEY = Buffer.from('thirty-two bytes for a test key!').toString('base64');

const SEALER = createSealer(parseDataKeys(DATA_KEY));

/** Who runs the steps of the machine that runs alone: itself, where a step does the same each time, or nobody: it gets the results of the server's. */
export type Steps = 'run-again' | 'from-server';

/** Two servers of one flow: one has its calls in memory, the other restores them from the store at each webhook and gets each webhook twice. */
export class Agreement {
  readonly #compiled: CompiledFlow;
  readonly #replays: CompiledFlow;
  readonly #servers: readonly Server[];
  readonly #steps: Steps;
  #calls = 0;

  private constructor(flow: FlowModule, chart: Chart, servers: readonly Server[], steps: Steps) {
    this.#steps = steps;
    this.#compiled = compile(flow, { chart });
    this.#replays = compile(flow, { chart, liveCache: 'off' });
    this.#servers = servers;
  }

  static async of(flow: FlowModule, chart: Chart, steps: Steps = 'run-again'): Promise<Agreement> {
    const servers = [await startServer(flow, chart, 20_000, 1), await startServer(flow, chart, 0, 2)];
    return new Agreement(flow, chart, servers, steps);
  }

  /** Plays one call, as `dice` say, on both servers; each beside a machine that runs alone and a plain replay. Throws at the first difference; gives how many turns it had. */
  async play(dice: readonly number[]): Promise<number> {
    const sessionId = `session-${++this.#calls}`;
    const turns = [];
    for (const server of this.#servers)
      turns.push(await new Comparison(this.#compiled, this.#replays, server, sessionId, this.#steps).play(dice));
    return Math.max(...turns);
  }

  async close(): Promise<void> {
    for (const { app } of this.#servers) await app.close();
  }
}

interface Server {
  readonly app: FastifyInstance;
  readonly store: Store;
  readonly deliveries: number;
  readonly clock: { at: number };
}

async function startServer(flow: FlowModule, chart: Chart, hotCalls: number, deliveries: number): Promise<Server> {
  const store = createMemoryStore();
  const clock = { at: STARTED_AT };
  const app = await createApp({
    flows: [{ flow, chart, default: true }],
    store,
    allowUnverified: true,
    dataKeys: DATA_KEY,
    logLevel: 'silent',
    clock: { now: () => clock.at, timer: () => () => undefined },
    sessions: { hotCalls, fallback: { text: FALLBACK } },
  });
  return { app, store, deliveries, clock };
}

/** One call on one server, and the same call of a machine that runs alone. */
class Comparison {
  readonly #server: Server;
  readonly #line: Line;
  readonly #compiled: CompiledFlow;
  readonly #replays: CompiledFlow;

  readonly #steps: Steps;

  constructor(compiled: CompiledFlow, replays: CompiledFlow, server: Server, sessionId: string, steps: Steps) {
    this.#steps = steps;
    this.#compiled = compiled;
    this.#replays = replays;
    this.#server = server;
    this.#line = new Line(server.app, sessionId, { deliveries: server.deliveries });
  }

  async play(dice: readonly number[]): Promise<number> {
    const first = await this.#line.begin();
    const call = await this.#call();
    const alone = new AloneCall(this.#compiled, call, this.#steps === 'run-again' ? null : (index) => this.#entry(index));
    try {
      await alone.settled();
      this.#compare(call, alone, first);
      let turns = 1;
      for (const die of dice) {
        if (alone.decision.wait !== 'platform') break;
        const deed = deedOf(alone.decision.effect, die);
        if (deed.do === 'hang-up') break;
        await this.#turn(call, alone, deed);
        turns++;
      }
      await this.#end(alone, dice.length % 2 === 0);
      return turns;
    } finally {
      alone.stop();
    }
  }

  async #turn(call: Call, alone: AloneCall, deed: Exclude<Deed, { do: 'hang-up' }>): Promise<void> {
    const { clock } = this.#server;
    clock.at += SECOND;
    const reply = await this.#line.completed(deed);
    await alone.answer(clock.at, deed.do === 'answer' ? deed.digits : bridgeResult(deed.sipCode));
    this.#compare(call, alone, reply);
  }

  /** The end of the session: at a bridge the summary may tell how that went. Then both have run the same `finally` blocks. */
  async #end(alone: AloneCall, told: boolean): Promise<void> {
    const { clock } = this.#server;
    clock.at += SECOND;
    const sipCode = told && alone.decision.effect?.kind === 'bridge' ? 486 : null;
    await this.#line.over(sipCode);
    const { call, journal } = await this.#ended();
    same('the site in the store', call.site, 'closed');
    // What a step gave that was run after the end may be erased by now.
    if (this.#steps === 'from-server') return;
    await alone.end(clock.at, sipCode === null ? undefined : { ...bridgeResult(486), duration: 20 });
    same('where the flow ends', alone.decision.wait, 'closed');
    this.#compareJournals(alone.entries, journal);
  }

  #compare(call: Call, alone: AloneCall, { status, answer, body }: Reply): void {
    same('the status', status, 200);
    const broken = checkCallflow(answer, { via: 'vca' }).filter(({ severity }) => severity === 'error');
    same('the rules that the answer breaks', broken, []);
    const { wait, site, actions, error } = alone.decision;
    const entries = alone.entries;
    if (wait === 'failed') {
      if (!body.includes(FALLBACK)) throw new Error(`the machine failed (${String(error)}), and the server answered ${body}`);
      return;
    }
    same('what the caller hears', answer.callflow, actions);
    same('the site in clientActionId', answer.clientActionId?.replace(/\.\d+$/, ''), site.replace(/[^A-Za-z0-9_\-/]/g, '_').slice(0, 100));
    const replayed = this.#replays.restore(call, entries, site);
    same('what a replay stumbles over', String(replayed.error), 'null');
    same('what a replay says', replayed.actions, actions);
  }

  /** What is sensitive is sealed or erased in the store. */
  #compareJournals(expected: readonly Entry[], rows: readonly JournalRow[]): void {
    same('the length of the journal', rows.length, expected.length);
    rows.forEach(({ data }, index) => {
      if (isSealed(data) || data.includes('"erased":true')) return;
      same(`entry ${index} of the journal`, JSON.parse(data), JSON.parse(JSON.stringify(expected[index])));
    });
  }

  /** The call as it is stored once all that follows its end is done. */
  async #ended(): Promise<StoredCall> {
    for (let looks = 0; looks < MAX_LOOKS; looks++) {
      const stored = await this.#stored();
      if (stored.call.endedAt !== null && stored.call.dueAt === null) return stored;
      await new Promise((resolve) => setImmediate(resolve));
    }
    throw new Error('the call never came to its end in the store');
  }

  async #stored(): Promise<StoredCall> {
    const stored = await this.#server.store.load({ subAccountId: 'fuzz', sessionId: this.#line.sessionId });
    if (stored === null) throw new Error('the call is not in the store after its first turn');
    return stored;
  }

  async #entry(index: number): Promise<Entry> {
    const { call, journal } = await this.#stored();
    const data = journal[index]?.data ?? '';
    return JSON.parse(isSealed(data) ? SEALER.open(data, { callId: call.id, index }) : data) as Entry;
  }

  async #call(): Promise<Call> {
    const { id, sessionId, subAccountId, direction, from, to, startedAt } = (await this.#stored()).call;
    const { language } = this.#compiled.flow.options;
    return { id, sessionId, subAccountId, direction, from, to, fromCountry: 'SG', toCountry: 'SG', language, startedAt, params: {} };
  }
}

function bridgeResult(sipCode: number): BridgeResult {
  return { outcome: OUTCOMES[sipCode as keyof typeof OUTCOMES], sipCode, duration: 17 };
}

function same(what: string, actual: unknown, expected: unknown): void {
  const [one, other] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (one !== other) throw new Error(`${what}: ${one ?? 'nothing'}, expected ${other ?? 'nothing'}`);
}

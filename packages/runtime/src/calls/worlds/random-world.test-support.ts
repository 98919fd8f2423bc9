import { type Action, checkCallflow, type CallflowResponse, type FlowModule, type StepContext } from '@hookswitch/dsl';
import type { Store } from '../../store/store.ts';
import type { CallsContext } from '../context.ts';
import { MAX_TAKEOVERS } from '../decide/onward.ts';
import { readEcho } from '../reply/answers.ts';
import { isPosting } from '../placing.ts';
import { type Faults, FIGURES } from './faults.test-support.ts';
import { History } from './history.test-support.ts';
import { current, Process, type Surroundings } from './process.test-support.ts';
import { buildFlow, type Program, type StepPlan } from './random-flow.test-support.ts';
import { Sender } from './signals.test-support.ts';
import { randomNumbers, SimulatedTime } from './simulated-time.test-support.ts';
import { watchedStore } from './watched-store.test-support.ts';

/** One call in a world where things go wrong, or, in a calm one, nothing does. Collects what breaks an invariant, with its number. */
export class RandomWorld implements Surroundings {
  readonly time = new SimulatedTime();
  readonly random: () => number;
  readonly flow: FlowModule;
  readonly faults: Faults;
  readonly isCalm: boolean;
  readonly history: History;
  readonly wrong: string[] = [];
  /** Calls that `onEnd` was told of, by key. */
  readonly told = new Set<string>();
  /** What the callee hears of a placed call, once it is posted. */
  firstCallflow: CallflowResponse | null = null;
  /** The call that was posted; null where none was. */
  postedId: string | null = null;
  readonly #stores: readonly Store[];
  readonly #processes: Process[] = [];
  readonly #runs: { readonly site: string; readonly index: number }[] = [];
  #minted = 0;
  /** Who sends signals; null where nobody does. */
  readonly sender: Sender | null;
  #changes = 0;

  /** `stores`: one and the same, as two processes have it open. */
  constructor(stores: readonly Store[], program: Program, faults: Faults, isCalm: boolean) {
    const isShared = stores.some(({ shared }) => shared);
    this.faults = faults;
    this.isCalm = isCalm;
    this.random = randomNumbers(faults.seed);
    this.history = new History(this.time.now, isShared);
    this.flow = buildFlow(program, (plan, context) => this.#perform(plan, context));
    this.#stores = stores.map((store) => watchedStore(store, this.time, this.history));
    const processes = isCalm || !isShared ? 1 : faults.processes;
    for (let n = 0; n < processes; n++) this.#processes.push(this.#process(n));
    FIGURES.worlds++;
    this.sender = isCalm || faults.signalsEvery === null ? null : new Sender(this, faults.signalsEvery);
    if (!isCalm && faults.changesEvery !== null) this.#changeSettings(stores[0] as Store, faults.changesEvery);
  }

  #process(place: number): Process {
    return new Process(this, this.#stores[place % this.#stores.length] as Store);
  }

  /** An operator who changes the settings of the flow over and over, both together. */
  #changeSettings(store: Store, every: number): void {
    this.time.timer(this.random() * 2 * every, () => {
      if (this.history.journal.length > 0 || ++this.#changes > 200) return;
      const [level, expected] = [this.#changes, this.#changes === 1 ? 0 : this.#changes - 1];
      const at = this.time.now();
      const to = { value: String(level), startsAt: null, endsAt: null, at, label: 'operator', reason: null };
      const changes = ['level', 'again'].map((name) => ({ scope: 'flow:generated', name, expected, to }));
      const row = { id: `change-${level}`, at, label: 'operator', role: 'operate', action: 'settings.change', callId: null };
      const audit = { ...row, flow: 'generated', to: null, result: 200, requestId: null, detail: null };
      FIGURES.changes++;
      void this.time.during(store.changeOverrides(changes, audit)).then((outcome) => {
        if (outcome !== 'changed') this.wrong.push('a change of settings conflicts with nobody');
        this.#changeSettings(store, every);
      });
    });
  }

  /** Any process that lives. */
  some(): Process {
    return this.#processes[Math.floor(this.random() * this.#processes.length)] as Process;
  }

  mintId(): string {
    return `placed-${++this.#minted}`;
  }

  sweep(): void {
    for (const process of this.#processes) process.sweep();
  }

  died(process: Process): void {
    FIGURES.crashes++;
    this.time.timer(50 + this.random() * 5_000, () => {
      const place = this.#processes.indexOf(process);
      this.#processes[place] = this.#process(place);
    });
  }

  /** A step has failed because one process after the other has left it, or something else has that is no invariant's. */
  get isGivenUp(): boolean {
    const { last } = this.history;
    return (last?.state.lease?.takeovers ?? 0) > MAX_TAKEOVERS || last?.state.error?.code === 'internal' || this.#isLeft;
  }

  get #isLeft(): boolean {
    return this.history.journal.some((entry) => 'error' in entry && entry.error.name === 'StepLeftError');
  }

  async ended(id: string, key: string): Promise<void> {
    FIGURES.ends++;
    const { call, state } = this.history.last ?? {};
    if (call?.id !== id || call.endedAt === null || state?.summary?.applied !== true)
      this.wrong.push('3: onEnd is told before the end is stored');
    await current()?.risk();
    if (!this.isCalm && this.random() < this.faults.fail) throw new Error('the mail server is down');
    this.told.add(key);
    await current()?.risk();
  }

  async posted(id: string, actions: readonly Action[]): ReturnType<CallsContext['post']> {
    FIGURES.posts++;
    const { call } = this.history.last ?? {};
    if (this.postedId !== null) this.wrong.push('9: a call is posted twice');
    this.postedId = id;
    if (call?.id !== id || !isPosting(call) || this.history.answerOf(0) === null)
      this.wrong.push('3: a call is posted before that is stored');
    const outcome = this.isCalm ? 'created' : this.faults.post;
    await current()?.risk();
    if (outcome === 'refused') return { is: 'refused', code: 'HS_REFUSED', message: 'no such number', statusCode: -1002 };
    if (outcome !== 'nobody') this.firstCallflow = { callflow: actions.slice(1) };
    if (!this.isCalm) await this.time.sleep(this.random() * 3_000);
    await current()?.risk();
    if (outcome !== 'created') return { is: 'unknown', code: 'reset', message: 'reset' };
    return { is: 'created', sessionId: 'session' };
  }

  async #perform({ site, slow, value }: StepPlan, { idempotencyKey: key, signal }: StepContext): Promise<number> {
    FIGURES.steps++;
    const index = Number(key.split(':').at(-1));
    this.#runs.push({ site, index });
    const { call, state } = this.history.last ?? {};
    if (state?.lease == null) this.wrong.push(`2: ${site} runs without a lease`);
    if (call?.journalLength !== index || key !== `${call.id}:${index}`)
      this.wrong.push(`8: ${site} runs at entry ${call?.journalLength} under the key ${key}`);
    await current()?.risk();
    const gone = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
    if (slow > 0 && !signal.aborted && !this.isCalm) await Promise.race([this.time.sleep(slow * (0.5 + this.random())), gone]);
    await current()?.risk();
    if (value === null) throw new Error(`no ${site}`);
    return value;
  }

  /** Keeps account of an answer as it is sent. */
  heard(body: string): CallflowResponse {
    const response = JSON.parse(body) as CallflowResponse;
    for (const { severity, code } of checkCallflow({ callflow: response.callflow }, { via: 'vca' }))
      if (severity === 'error') this.wrong.push(`6: an answer breaks ${code}`);
    const echo = readEcho(response.clientActionId ?? null);
    if (echo?.kind === 'turn' && this.history.answerOf(echo.turn) !== body) this.wrong.push('1, 3: an answer is sent that is not stored');
    if (echo === null && response.callflow.length === 1 && response.callflow[0]?.action === 'hangup') this.history.toldOver();
    return response;
  }

  /** Whether nothing is left to do: the call is complete and told. */
  get isComplete(): boolean {
    const { call } = this.history.last ?? {};
    return call !== undefined && call.endedAt !== null && call.dueAt === null;
  }

  /** Steps that ran under a key that is another one's by now. */
  get movedSteps(): string[] {
    const { journal } = this.history;
    return this.#runs.flatMap(({ site, index }) => {
      const entry = journal[index];
      return entry === undefined || entry.site === site
        ? []
        : [`8: ${site} ran under the key of entry ${index}, which is of ${entry.site}`];
    });
  }
}

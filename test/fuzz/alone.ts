import type { BridgeResult, Call, CompiledFlow, Entry, FlowMachineEvent, FlowSnapshot } from '@hookswitch/dsl';
import { createActor, fromCallback } from 'xstate';

const MAX_LOOKS = 10_000;
type Context = { readonly journal: Iterable<unknown> & { entries(): Entry[] }; readonly decision: FlowSnapshot['context']['decision'] };

/** Results of steps that were run elsewhere: the entry of the journal with that index. */
export type StepResults = (index: number) => Promise<Entry>;

/** A flow's machine that runs by itself under XState's own interpreter, steps included, unless their results are given. */
export class AloneCall {
  readonly #actor;
  readonly #results: StepResults | null;

  constructor({ machine }: CompiledFlow, call: Call, results: StepResults | null = null) {
    this.#results = results;
    this.#actor = createActor(results === null ? machine : machine.provide({ actors: { step: fromCallback(() => undefined) } })).start();
    this.#actor.send({ type: 'CALL_STARTED', call });
  }

  get #context(): Context {
    return this.#actor.getSnapshot().context as unknown as Context;
  }

  get decision() {
    const { decision } = this.#context;
    if (decision === null) throw new Error('the machine has not begun');
    return decision;
  }

  get entries(): Entry[] {
    return this.#context.journal.entries();
  }

  async answer(at: number, answer: string | null | BridgeResult): Promise<void> {
    await this.#send({ type: 'ACTION_COMPLETED', at, answer });
  }

  async end(at: number, bridge?: BridgeResult): Promise<void> {
    await this.#send({ type: 'SESSION_ENDED', at, ...(bridge === undefined ? {} : { bridge }) });
  }

  /** Resolves when no step runs any more. */
  async settled(): Promise<void> {
    for (let looks = 0; this.decision.wait === 'step'; looks++) {
      if (looks > MAX_LOOKS) throw new Error(`the machine hangs at its step "${this.decision.site}"`);
      if (this.#results === null) await new Promise((resolve) => setImmediate(resolve));
      else this.#actor.send(settled(await this.#results(this.entries.length)));
    }
  }

  stop(): void {
    this.#actor.stop();
  }

  async #send(event: FlowMachineEvent): Promise<void> {
    this.#actor.send(event);
    await this.settled();
  }
}

function settled(entry: Entry): FlowMachineEvent {
  const { at, site } = entry;
  if ('error' in entry) return { type: 'STEP_SETTLED', at, site, outcome: { ok: false, error: entry.error } };
  return { type: 'STEP_SETTLED', at, site, outcome: { ok: true, value: 'value' in entry ? entry.value : undefined } };
}

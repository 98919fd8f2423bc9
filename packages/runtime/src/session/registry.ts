import type { CompiledFlow } from '@hookswitch/dsl';
import type { CallKey } from '../store/store.ts';
import { LiveCall } from './live-call.ts';
import type { SessionContext } from './settings.ts';
import { unservedFlow } from './unserved-flow.ts';

/** The calls that this process has in memory: the last `hotCalls` that it worked on. All of it can be lost at any time; the store is the truth. */
export class CallRegistry {
  readonly #context: SessionContext;
  readonly #calls = new Map<string, LiveCall>();
  readonly #ids = new Map<string, string>();
  readonly #loading = new Map<string, Promise<LiveCall | null>>();
  readonly #unserved = new Map<string, CompiledFlow>();

  constructor(context: SessionContext) {
    this.#context = context;
  }

  /** The call, from memory or from the store; null when it is unknown. One whose flow is no longer served can only fail and end. */
  async find(key: CallKey): Promise<LiveCall | null> {
    const name = nameOf(key);
    const id = 'id' in key ? key.id : this.#ids.get(name);
    const known = id === undefined ? undefined : this.#calls.get(id);
    if (known !== undefined) {
      // Re-inserted, so that the map stays ordered by use.
      this.#calls.delete(known.record.id);
      this.#calls.set(known.record.id, known);
      return known;
    }
    let loading = this.#loading.get(name);
    if (loading === undefined) {
      loading = this.#load(key).finally(() => this.#loading.delete(name));
      this.#loading.set(name, loading);
    }
    return loading;
  }

  /** The call as the store has it now, unless its steps run here: what memory holds of it may be as old as its last turn in this process. */
  async findStored(id: string): Promise<LiveCall | null> {
    const known = this.#calls.get(id);
    if (known !== undefined && known.work === null) await known.exclusive(() => Promise.resolve(this.drop(known)));
    return this.find({ id });
  }

  add(call: LiveCall): void {
    const { id, subAccountId, sessionId } = call.record;
    this.#calls.set(id, call);
    if (sessionId !== null) this.#ids.set(nameOf({ subAccountId, sessionId }), id);
    if (this.#calls.size > this.#context.settings.hotCalls) this.#evict();
  }

  /** Forgets what memory holds of a call, so that the next look reads the store. Not while its steps run here: nobody else may run them. */
  drop(call: LiveCall): void {
    if (call.work !== null) return;
    call.dropped = true;
    this.#remove(call);
  }

  #remove(call: LiveCall): void {
    const { id, subAccountId, sessionId } = call.record;
    if (this.#calls.get(id) === call) this.#calls.delete(id);
    if (sessionId !== null && !this.#calls.has(id)) this.#ids.delete(nameOf({ subAccountId, sessionId }));
  }

  /** Calls in memory with steps under way. */
  working(): LiveCall[] {
    return [...this.#calls.values()].filter(({ work }) => work !== null);
  }

  get size(): number {
    return this.#calls.size;
  }

  async #load(key: CallKey): Promise<LiveCall | null> {
    const stored = await this.#context.store.load(key);
    if (stored === null) return null;
    const known = this.#calls.get(stored.call.id);
    if (known !== undefined) return known;
    const { flow, flowVersion } = stored.call;
    const compiled = this.#context.flows.find(flow, flowVersion) ?? this.#standIn(flow, flowVersion);
    const call = LiveCall.restore(this.#context, compiled, stored);
    this.add(call);
    return call;
  }

  #standIn(flow: string, version: string): CompiledFlow {
    const key = `${flow}@${version}`;
    const standIn = this.#unserved.get(key) ?? unservedFlow(flow, version, this.#context.settings.voice);
    this.#unserved.set(key, standIn);
    return standIn;
  }

  #evict(): void {
    for (const call of this.#calls.values()) {
      if (call.work !== null) continue;
      // It is not dropped: a turn that is under way goes on with it, and its commit tells whether it was the last to know.
      this.#remove(call);
      return;
    }
  }
}

function nameOf(key: CallKey): string {
  return 'id' in key ? key.id : `${key.subAccountId}/${key.sessionId}`;
}

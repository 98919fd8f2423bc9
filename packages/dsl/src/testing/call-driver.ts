import type { Action } from '../callflow/actions.ts';
import type { WaitFor } from '../effects/wait-for.ts';
import { placesOfDoubt, whereToLook } from '../chart/problems/places-of-doubt.ts';
import { EXPLORED_WORLD } from '../chart/problems/replays.ts';
import { DivergenceError } from '../errors/index.ts';
import type { Call } from '../flow/call.ts';
import type { FlowModule } from '../flow/flow-options.ts';
import type { AnySettingValues, SettingDeclarations } from '../flow/settings.ts';
import type { Entry } from '../generator/journal.ts';
import { replay } from '../generator/replay.ts';
import { compile, type CompiledFlow, type Position } from '../machine/compile.ts';
import type { FlowEvent } from '../machine/events.ts';
import type { Mode } from './modes.ts';
import { type CallMaker, recorder, type Trail, trailOf } from './recorder.ts';

const compiled = new WeakMap<object, CompiledFlow>();

/** The flow, compiled once for all its test calls; without the random walks, whose arrows would only be labels here, unless a recorder wants the whole chart. */
export function compiledOnce<P>(flow: FlowModule<P>): CompiledFlow<P> {
  let known = compiled.get(flow);
  if (known === undefined) compiled.set(flow, (known = compile(flow, recorder() === null ? { explore: { quietWalks: 0 } } : {})));
  return known;
}

/** Where live and replayed call disagree. */
export interface Disagreement {
  readonly what: string;
  readonly live: string;
  readonly replayed: string;
}

/** What operators have set when a call asks; what is left out is as declared. */
export type SettingsDesk = (position: Position) => { readonly values: AnySettingValues; readonly at?: number | undefined };

const UNCHANGED: SettingsDesk = () => ({ values: {} });

/** Moves one call of a flow: as its mode says, resumed from the journal before each webhook or not. */
export class CallDriver {
  readonly call: Call;
  readonly mode: Mode;
  /** All sites so far: index n is where the call stood with n entries in its journal. */
  readonly sites: string[] = [];
  readonly #flow: FlowModule;
  readonly #trail: Trail | null;
  readonly #settings: SettingsDesk;
  #compiled: CompiledFlow;
  #position: Position | null = null;

  /** `maker`: what makes the call, for those who count. */
  constructor(
    flow: FlowModule,
    call: Call,
    mode: Mode,
    known: CompiledFlow = compiledOnce(flow),
    maker: CallMaker = 'test',
    settings: SettingsDesk = UNCHANGED,
  ) {
    this.#flow = flow;
    this.call = call;
    this.mode = mode;
    this.#compiled = known;
    this.#trail = trailOf(known, call, maker);
    this.#settings = settings;
  }

  /** Name of the flow. */
  get flow(): string {
    return this.#flow.name;
  }

  /** The waits for each signal that exploration has found. */
  get signals(): ReadonlyMap<string, readonly WaitFor[]> {
    return this.#compiled.chart.signals;
  }

  /** Names of the tags that the flow declares. */
  get knownTags(): readonly string[] {
    return Object.keys(this.#flow.options.tags?.kinds ?? {});
  }

  get declaredSettings(): SettingDeclarations {
    return (this.#flow.options.settings?.declared ?? {}) as SettingDeclarations;
  }

  get position(): Position {
    return this.#position as Position;
  }

  start(): Position {
    const position = this.#stand(this.#compiled.start(this.call));
    this.#trail?.begins(position);
    return this.#readSettings(position, this.call.startedAt);
  }

  send(event: FlowEvent): Position {
    const before = this.position;
    const position = this.#stand(this.#compiled.next(this.#resumed(), event));
    this.#trail?.goesOn(before, position);
    return this.#readSettings(position, event.at);
  }

  /** As a server does: nobody waits for settings. */
  #readSettings(reached: Position, at: number): Position {
    let position = reached;
    while (position.wait === 'settings') {
      const before = position;
      const { values, at: when = at } = this.#settings(before);
      position = this.#stand(this.#compiled.next(before, { type: 'SETTINGS_READ', at: when, values }));
      this.#trail?.goesOn(before, position);
    }
    return position;
  }

  /** Replays the whole journal and says where that leads elsewhere than the machine; null where both agree. */
  disagreement(): Disagreement | null {
    const { site, actions, journal, wait, tags, result } = this.position;
    if (wait === 'closed' || wait === 'failed') return null;
    const replayed = this.#replay(journal.entries());
    if (replayed.site !== site) return { what: 'it is elsewhere', live: site, replayed: replayed.site };
    const [one, other] = [actions.map(toJson), replayed.actions.map(toJson)];
    const longest = one.length > other.length ? one : other;
    const index = longest.findIndex((_, place) => one[place] !== other[place]);
    if (index < 0) {
      const [live, again] = [JSON.stringify({ tags, result }), JSON.stringify({ tags: replayed.tags, result: replayed.result })];
      return live === again ? null : { what: `it has noted something else before "${site}"`, live, replayed: again };
    }
    return { what: `it says something else before "${site}"`, live: one[index] ?? 'nothing', replayed: other[index] ?? 'nothing' };
  }

  /** Says at which line the author may look for what makes the call another one each time. */
  whereToLook(): string {
    return whereToLook(placesOfDoubt(this.#flow, { call: this.call, entries: this.position.journal.entries() }, EXPLORED_WORLD));
  }

  #replay(entries: readonly Entry[]): Pick<Position, 'site' | 'actions' | 'tags' | 'result'> {
    try {
      return replay(this.#flow, this.call, entries).decision;
    } catch (error) {
      if (error instanceof DivergenceError)
        return { site: `${error.yielded}, with entry ${error.index} of the journal`, actions: [], tags: {}, result: null };
      throw error;
    }
  }

  #stand(position: Position): Position {
    this.#position = position;
    this.sites[position.journal.length] = position.site;
    return position;
  }

  #resumed(): Position {
    const { position, mode } = this;
    // A server never resumes at a step: the turn in which it runs is not over.
    if (mode === 'live' || position.wait === 'step') return position;
    if (mode === 'replayed') return this.#compiled.restore(this.call, position.journal.entries(), position.site);
    const entries = JSON.parse(JSON.stringify(position.journal)) as Entry[];
    this.#compiled = compile(this.#flow, { chart: this.#compiled.chart });
    return this.#compiled.restore(this.call, entries, position.site);
  }
}

function toJson(action: Action): string {
  return JSON.stringify(action);
}

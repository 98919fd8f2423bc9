import type { Call } from '../flow/call.ts';
import type { FlowModule } from '../flow/flow-options.ts';
import type { Decision } from '../generator/decision.ts';
import { begin } from '../generator/replay.ts';
import { ChartBuilder } from './chart-builder.ts';
import type { Chart, ExploreLimit } from './chart.ts';
import { type Arrival, type Move, movesFrom, take } from './moves.ts';
import { standingAt } from './standing-at.ts';
import { type Reached, Way } from './witness.ts';

/** How far a search looks; complete with defaults. */
export interface SearchOptions {
  readonly maxVisits: number;
  readonly maxDepth: number;
  readonly maxAnswers: number;
  readonly traced: boolean;
  readonly onReached: ((reached: Reached) => void) | null;
}

/**
 * Answers from which on a way is dear to replay: then the generators that came to a site by other ways make its moves, each one.
 * Below, all moves begin with the same history, which reads better.
 */
const DEEP = 24;
/** Rounds of a loop that those see who look for problems; in further ones only its end is looked for. */
const LOOKED_AT = 6;
/** Of the answers that may be given in all, the share that may be given besides to look for the ends of loops. */
const SCOUTING = 0.25;

/** A site that was reached: what may happen there is tried once, when its turn comes. */
interface Place {
  readonly key: string;
  /** Whether the flow's own language is spoken there. */
  own: boolean;
  readonly moves: Map<string, Choice>;
  /** Generators that stand here and may make one move each; for further moves the way is replayed. */
  readonly live: Arrival[];
}

/** A move, with the shortest way to where it can be made. */
interface Choice {
  readonly site: string;
  readonly move: Move;
  readonly way: Way;
}

/**
 * Breadth-first search over the sites of a flow. What it finds goes into one chart, whichever call it was found in.
 * It must never perform a step, and never guess: each arrow was taken by the driver. A place is tried once, and a search that met its limits says so.
 */
export class Search {
  readonly #flow: FlowModule;
  readonly #options: SearchOptions;
  readonly #builder: ChartBuilder;
  readonly #limits = new Set<ExploreLimit>();
  /** By site; null where all moves have been made. */
  readonly #places = new Map<string, Place | null>();
  #next: Place[] = [];
  #later: Choice[] = [];
  #replays = 0;
  #answers = 0;
  #scouted = 0;
  #strays = 0;
  /** Loops whose end was looked for, by their sites and answers: true where it was found. */
  readonly #loops = new Map<string, boolean>();

  constructor(flow: FlowModule, options: SearchOptions) {
    this.#flow = flow;
    this.#options = options;
    this.#builder = new ChartBuilder(flow.options.language);
  }

  /** True when all answers that may be given have been given. */
  get exhausted(): boolean {
    return this.#answers >= this.#options.maxAnswers;
  }

  /** Searches everything that can follow when `call` begins. */
  from(call: Call): void {
    // A call of its own may take other ways from the same sites, so sites are merged within one call only.
    this.#places.clear();
    const arrival = this.begin(call);
    this.#stay(arrival);
    this.#finish();
  }

  /** Searches on from where `move` leads at the end of a way that was found in another manner. False where the way can't be gone again. */
  resume(way: Way, site: string, move: Move): boolean {
    const arrival = this.#replayed(way, site);
    if (arrival === null || this.exhausted) return false;
    this.#stay(this.go(arrival, move).arrival);
    this.#finish();
    return true;
  }

  /** The shortest way to a site. */
  wayTo(site: string): Way | null {
    return this.#builder.wayTo(site);
  }

  /** Notes that a limit kept from finding out. */
  cut(limit: ExploreLimit): void {
    this.#limits.add(limit);
  }

  #finish(): void {
    while (this.#next.length > 0 || this.#later.length > 0) {
      // In its own language first, so that what is found is drawn in it.
      const own = this.#next.filter((place) => place.own);
      const level = own.length > 0 ? own : this.#next;
      this.#next = this.#next.filter((place) => !level.includes(place));
      for (const place of level) this.#expand(place);
      if (this.#next.length === 0) this.#catchUp();
    }
  }

  /** A call at its beginning. */
  begin(call: Call): Arrival {
    const arrival: Arrival = { way: Way.of(call), standing: begin(this.#flow, call, this.#options.traced) };
    this.#replays++;
    this.#builder.start(arrival);
    this.#tell('idle', '', arrival);
    return arrival;
  }

  /** Goes on from `arrival`, which is used up, and notes what is found. */
  go(arrival: Arrival, move: Move): { readonly arrival: Arrival; readonly found: boolean } {
    const from = arrival.standing.decision.site;
    const reached = take(arrival, move);
    this.#answers += move.answers.length;
    const found = this.#builder.move(from, move, reached);
    this.#tell(from, move.label, reached);
    return { arrival: reached, found };
  }

  chart({ calls = 0, walks = 0 }: { readonly calls?: number; readonly walks?: number } = {}): Chart {
    if (this.exhausted) this.#limits.add('maxAnswers');
    const limits = [...this.#limits];
    const explored = {
      calls,
      replays: this.#replays,
      answers: this.#answers,
      walks,
      openLoops: [...this.#loops.values()].filter((ended) => !ended).length,
      strays: this.#strays,
      truncated: limits.length > 0,
      limits,
    };
    return this.#builder.build(this.#flow, explored);
  }

  #expand({ key, moves, live }: Place): void {
    this.#places.set(key, null);
    for (const [label, choice] of moves) {
      const index = live.findIndex(({ standing }) => moveCalled(standing.decision, label) !== undefined);
      const [arrival] = index < 0 ? [] : live.splice(index, 1);
      if (arrival === undefined && choice.way.length >= DEEP) this.#later.push(choice);
      else this.#make(choice, arrival);
    }
  }

  /** Makes the moves for which a long way has to be replayed, when nothing else is left to do. */
  #catchUp(): void {
    const later = this.#later;
    this.#later = [];
    for (const choice of later) this.#make(choice);
  }

  #make({ move, way, site }: Choice, live?: Arrival): void {
    if (this.exhausted) return;
    const arrival = live ?? this.#replayed(way, site);
    if (arrival === null) return;
    const { arrival: reached } = this.go(arrival, moveCalled(arrival.standing.decision, move.label) ?? move);
    if (!this.#stay(reached)) this.#goRound(reached, move.universal !== true);
  }

  /** Puts an arrival where it stands. False where all has been tried already. */
  #stay(arrival: Arrival): boolean {
    const { way, standing } = arrival;
    const key = placeOf(standing.decision);
    let place = this.#places.get(key);
    if (place === null) return false;
    const moves = movesFrom(standing.decision);
    if (moves.length === 0) return true;
    if (way.length >= this.#options.maxDepth) {
      this.#limits.add('maxDepth');
      return true;
    }
    const own = standing.decision.language === this.#flow.options.language;
    if (place === undefined) {
      place = { key, own, moves: new Map(), live: [] };
      this.#places.set(key, place);
      this.#next.push(place);
    } else if (own && !place.own) {
      place.own = true;
      place.moves.clear();
      place.live.length = 0;
    }
    for (const move of moves) if (!place.moves.has(move.label)) place.moves.set(move.label, { site: standing.decision.site, move, way });
    if (place.live.length < (way.length < DEEP ? 1 : place.moves.size)) place.live.push(arrival);
    return true;
  }

  /**
   * Repeats what led from a site back to it, until that leads elsewhere: a counter ends its loop only after some rounds.
   * After the first rounds only where `far` is true.
   */
  #goRound(first: Arrival, far: boolean): void {
    let arrival = first;
    let loop: string | null = null;
    const { site } = first.standing.decision;
    const round = first.way.since(site);
    if (round.length === 0) return;
    for (let visits = first.way.visits(site); visits < this.#options.maxVisits; visits++) {
      const { way } = arrival;
      if (loop === null && visits >= LOOKED_AT) {
        loop = JSON.stringify(round);
        if (!far || this.#loops.has(loop)) return;
        this.#loops.set(loop, false);
      }
      for (const { site: at, label } of round) {
        const { decision } = arrival.standing;
        const move = decision.site === at ? moveCalled(decision, label) : undefined;
        if (move === undefined) break;
        if (this.exhausted || (loop !== null && !this.#mayScout(move))) return;
        arrival = loop === null ? this.go(arrival, move).arrival : this.#pass(arrival, move);
        if (!this.#stay(arrival)) continue;
        if (loop !== null) this.#loops.set(loop, true);
        return;
      }
      if (arrival.way === way) {
        if (loop !== null) this.#loops.set(loop, true);
        return;
      }
    }
  }

  #mayScout(move: Move): boolean {
    this.#scouted += move.answers.length;
    return this.#scouted <= this.#options.maxAnswers * SCOUTING;
  }

  /** Goes on as `go` does, but tells only of what is new. */
  #pass(arrival: Arrival, move: Move): Arrival {
    const from = arrival.standing.decision.site;
    const reached = take(arrival, move);
    const found = this.#builder.move(from, move, reached);
    if (found || this.#places.get(placeOf(reached.standing.decision)) !== null) this.#tell(from, move.label, reached);
    return reached;
  }

  /** Goes a way again. Null where that leads elsewhere: such a flow reads a clock, randomness or the outside world. */
  #replayed(way: Way, site: string): Arrival | null {
    this.#replays++;
    this.#answers += way.length;
    const standing = standingAt(this.#flow, way, this.#options.traced);
    if (standing?.decision.site === site) return { way, standing };
    this.#strays++;
    return null;
  }

  #tell(from: string, label: string, { way, standing }: Arrival): void {
    this.#options.onReached?.({ decision: standing.decision, witness: way, from, label, turns: way.turns });
  }
}

/**
 * What is tried once: a site, before the end of the session or after it, with one state of the settings, on which all that follows may depend. Where two places in the author's
 * code make one site, each counts.
 */
function placeOf({ site, effect, ending, settings }: Decision): string {
  const line = effect === null || (effect.kind === 'capture' && effect.shape !== null) ? null : effect.source;
  return `${site}\n${ending ? 'ending' : ''}\n${line ?? ''}\n${settings === null ? '' : JSON.stringify(settings)}`;
}

function moveCalled(decision: Decision, label: string): Move | undefined {
  return movesFrom(decision).find((move) => move.label === label);
}

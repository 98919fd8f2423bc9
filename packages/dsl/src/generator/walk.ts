import type { Effect } from '../flow/effect.ts';

/** What `return()` is called with: a generator that comes to its end by it gives it back, unless something in it overrode the return. */
export const RETURNED: unique symbol = Symbol('returned');
/** How often generators may go on after they were told to return before that is taken for a fault. */
const MAX_RETURNS = 50;

/** A wait that a `finally` block came to outside of an `uninterruptible` block. */
export interface BareWait {
  readonly site: string;
  readonly effect: Effect;
}

/**
 * One walk of `return()` through the generators of a flow or a branch. It must not suspend: around a `yield*`, JavaScript keeps only how a generator was resumed last,
 * so that after a suspension all generators around forget that they were told to return. So what `finally` blocks yield is answered in place.
 * It only keeps count, and must never pull. What waits is performed in a block, or in a `finally` that this return has surely opened, and nowhere else.
 */
export class Walk {
  /** True while generators are told to return. */
  returning = false;
  /** `uninterruptible` blocks that are open, inside or outside of what is returned. */
  shields = 0;
  /** The bare waits that were in a `finally` for certain. */
  bare: readonly BareWait[] = [];
  /** How many blocks are open around what is returned. */
  #floor = 0;
  /** What waits outside of blocks is surely in a `finally` that the return has opened. */
  #sure = false;
  #returns = 0;
  /** Bare waits of the generator that is returning now, as long as it has not come to its end. */
  #met: BareWait[] = [];
  #suspended = false;

  /** Begins to return everything inside of `floor` blocks. */
  begin(floor: number): void {
    this.returning = true;
    this.#floor = floor;
    this.#returns = 0;
    this.#tell();
  }

  /** A generator that was told to return waits for something that is not performed: it is told once more. False where that has been too often. */
  again(): boolean {
    this.generatorEnds(null);
    return ++this.#returns <= MAX_RETURNS;
  }

  end(): void {
    this.returning = false;
    this.#floor = 0;
  }

  /** Whether what waits now is performed: in a block, or in a `finally` that the return has opened. */
  get performs(): boolean {
    return this.#sure || this.isShielded;
  }

  get isShielded(): boolean {
    return this.shields > this.#floor;
  }

  /** Something may have taken the place of the return, such as a `catch` around a `finally` that threw: only blocks are performed until it is told again. */
  doubt(): void {
    if (!this.isShielded) this.#sure = false;
  }

  /** A plain `yield` was answered: a generator around it may have forgotten that it was told to return. */
  suspends(): void {
    if (this.isShielded) return;
    this.#suspended = true;
    this.#sure = false;
  }

  meets(wait: BareWait): void {
    if (!this.isShielded) this.#met.push(wait);
  }

  /** A generator that was told to return is done, and the one around it is told next. Where it did not end by the return, what it met may have been something else than a `finally`. */
  generatorEnds(result: unknown): void {
    if (result === RETURNED || this.#suspended) this.bare = [...this.bare, ...this.#met];
    this.#tell();
  }

  #tell(): void {
    this.#sure = true;
    this.#met = [];
    this.#suspended = false;
  }
}

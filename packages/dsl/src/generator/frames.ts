import { type FrameKind, isComposite } from '../effects/composite.ts';
import type { Primitive } from '../effects/primitive.ts';
import { YieldError } from '../errors/index.ts';
import { readable } from '../errors/unreadable-error.ts';
import type { Effect } from '../flow/effect.ts';
import { isEffect } from '../flow/make-effect.ts';
import { notAnEffect } from './not-an-effect.ts';
import { RETURNED, type Walk } from './walk.ts';

/** How the innermost generator is to be resumed. */
export type Resume =
  { readonly how: 'next'; readonly value: unknown } | { readonly how: 'throw'; readonly error: unknown } | { readonly how: 'return' };

export const NOTHING: Resume = { how: 'next', value: undefined };
export const RETURN: Resume = { how: 'return' };

/** Where the flow is, as frames change it. */
export interface Place {
  readonly flow: string;
  readonly walk: Walk;
  path: readonly string[];
  branches: number;
  operating: boolean;
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- see Flow
type Body = Iterator<Effect, unknown, any>;
interface Frame {
  readonly body: Body;
  readonly kind: FrameKind | null;
  /** What the place was before this frame was opened. */
  readonly outer: Pick<Place, 'path' | 'branches' | 'operating'> & { readonly shields: number };
  /** True once it was told to return: when it is done, the frame around it returns too. */
  returning: boolean;
  /** True where it is the last that returns: it is a branch, and the menu around it goes on. */
  left: boolean;
}

/**
 * The generators that are being run, innermost last: the flow's, the bodies of composed effects that were yielded plainly (`yield menu(…)`),
 * branches of menus, and `uninterruptible` blocks. A stack of its own, so that it may be as deep as it likes.
 * It must never know what an effect does. Path, branches and shields are after a frame what they were before it, however it ended.
 */
export class Frames {
  readonly #place: Place;
  readonly #inPlace: boolean;
  readonly #frames: Frame[] = [];
  /** The lowest frame that was told to return. */
  #lowest = 0;
  /** What the outermost frame gave back. */
  result: unknown;

  /** `inPlace` where all of it is answered to a generator that is told to return. */
  constructor(place: Place, inPlace = false) {
    this.#place = place;
    this.#inPlace = inPlace;
  }

  /** Opens a frame for `body` and says how to go on: with it, or with what it throws at once. */
  open(body: () => Body, kind: FrameKind | null = null): Resume {
    const place = this.#place;
    const { path, branches, operating, walk } = place;
    const outer = { path, branches, operating, shields: walk.shields };
    if (kind === 'uninterruptible') walk.shields++;
    else if (kind !== null) {
      place.branches++;
      place.operating ||= kind === 'operator';
    }
    try {
      this.#frames.push({ body: body(), kind, outer, returning: false, left: false });
      return NOTHING;
    } catch (error) {
      this.#restore(outer);
      return { how: 'throw', error };
    }
  }

  /** Resumes the innermost generator and gives the next primitive effect, or null when all are done. Throws what the outermost throws. */
  pull(first: Resume): Primitive | null {
    let resume = first;
    for (;;) {
      const frame = this.#frames.at(-1);
      if (frame === undefined) {
        if (resume.how === 'throw') throw resume.error;
        return null;
      }
      let result: IteratorResult<Effect, unknown>;
      try {
        result = advance(frame, resume);
      } catch (error) {
        resume = this.#threw(frame, whatWasWrong(resume, error));
        continue;
      }
      if (result.done === true) {
        resume = this.#done(frame, result.value);
        continue;
      }
      const yielded: unknown = result.value;
      if (isComposite(yielded)) resume = this.open(() => yielded.body(), yielded.frame);
      else if (isEffect(yielded)) return yielded as Primitive;
      else resume = { how: 'throw', error: notAnEffect(this.#place.flow, yielded) };
    }
  }

  /** Whether the innermost was told to return. */
  get isReturning(): boolean {
    return this.#frames.at(-1)?.returning === true;
  }

  /** Marks the frames from `lowest` on as told to return: those that were told before, and what was opened in them since, where none is given. */
  close(lowest = this.#lowest): void {
    this.#lowest = lowest;
    for (const frame of this.#frames.slice(lowest)) frame.returning = true;
  }

  /** The same for a branch and all that is in it: the innermost (`back`) or the outermost one (`main`). Says how many blocks are open around it; null where there is none. */
  leave(to: 'back' | 'main'): number | null {
    const isBranch = ({ kind }: Frame): boolean => kind === 'branch' || kind === 'operator';
    const index = to === 'back' ? this.#frames.findLastIndex(isBranch) : this.#frames.findIndex(isBranch);
    const branch = this.#frames[index];
    if (branch === undefined) return null;
    branch.left = true;
    this.close(index);
    return branch.outer.shields;
  }

  #done(frame: Frame, value: unknown): Resume {
    const { walk } = this.#place;
    this.#pop(frame);
    this.result = frame.kind === 'branch' || frame.kind === 'operator' ? { left: false, result: value } : value;
    if (walk.returning) this.#tellWalk(frame, value);
    if (frame.left) {
      this.#leftBehind();
      return { how: 'next', value: { left: true } };
    }
    return frame.returning ? RETURN : { how: 'next', value: this.result };
  }

  #threw(frame: Frame, error: unknown): Resume {
    this.#pop(frame);
    this.result = undefined;
    if (this.#place.walk.returning) this.#place.walk.doubt();
    if (frame.left) this.#leftBehind();
    return { how: 'throw', error };
  }

  #tellWalk({ returning }: Frame, value: unknown): void {
    const { walk } = this.#place;
    if (returning) walk.generatorEnds(this.#inPlace ? null : value);
    // It was yielded plainly.
    if (!returning && this.#frames.length > 0) walk.suspends();
  }

  #leftBehind(): void {
    this.#lowest = 0;
    this.#place.walk.end();
  }

  #pop({ kind, outer }: Frame): void {
    this.#frames.pop();
    if (kind !== null) this.#restore(outer);
  }

  #restore({ path, branches, operating, shields }: Frame['outer']): void {
    Object.assign(this.#place, { path, branches, operating });
    this.#place.walk.shields = shields;
  }
}

function advance({ body }: Frame, resume: Resume): IteratorResult<Effect, unknown> {
  switch (resume.how) {
    case 'next':
      return body.next(resume.value);
    case 'throw':
      if (body.throw === undefined) throw resume.error;
      return body.throw(resume.error);
    case 'return':
      return body.return?.(RETURNED) ?? { done: true, value: undefined };
  }
}

/** `yield* 'text'` can't take the error of what it yields: JavaScript throws a TypeError about that instead, which says nothing to the author. */
function whatWasWrong(resume: Resume, error: unknown): unknown {
  const asked = resume.how === 'throw' ? readable(resume.error) : null;
  return asked instanceof YieldError && readable(error) instanceof TypeError ? asked : error;
}

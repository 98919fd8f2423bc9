import { type Composite, isComposite } from '../composite.ts';
import type { Effect, Flow } from '../effect.ts';

/** Every effect but the composed ones. */
export type Primitive = Exclude<Effect, Composite<unknown>>;

type Resume =
  { readonly how: 'next'; readonly value: unknown } | { readonly how: 'throw'; readonly error: unknown } | { readonly how: 'return' };
interface Frame {
  readonly flow: Flow<unknown>;
  /** True once it was told to return: when it is done, the flow around it returns too. */
  returning: boolean;
}

/** A flow in which plainly yielded composed effects (`yield menu(…)`) are run in place, as `yield*` would: it yields primitive effects only. */
export class InPlace<R> {
  readonly #frames: Frame[];

  constructor(flow: Flow<R>) {
    this.#frames = [{ flow, returning: false }];
  }

  next(value?: unknown): IteratorResult<Primitive, R> {
    return this.#pull({ how: 'next', value });
  }

  throw(error: unknown): IteratorResult<Primitive, R> {
    return this.#pull({ how: 'throw', error });
  }

  /** Lets all `finally` blocks run, innermost first. Done at once where the flow has ended already. */
  return(): IteratorResult<Primitive, R> {
    for (const frame of this.#frames) frame.returning = true;
    return this.#pull({ how: 'return' });
  }

  #pull(first: Resume): IteratorResult<Primitive, R> {
    let resume = first;
    for (let frame = this.#frames.at(-1); frame !== undefined; frame = this.#frames.at(-1)) {
      let pulled: IteratorResult<Effect, unknown>;
      try {
        pulled = advance(frame.flow, resume);
      } catch (error) {
        this.#frames.pop();
        resume = { how: 'throw', error };
        continue;
      }
      if (pulled.done === true) {
        this.#frames.pop();
        if (this.#frames.length === 0) return pulled as IteratorReturnResult<R>;
        resume = frame.returning ? { how: 'return' } : { how: 'next', value: pulled.value };
      } else if (isComposite(pulled.value)) {
        this.#frames.push({ flow: pulled.value.body(), returning: false });
        resume = { how: 'next', value: undefined };
      } else {
        return pulled as IteratorYieldResult<Primitive>;
      }
    }
    if (resume.how === 'throw') throw resume.error;
    return { done: true, value: undefined as R };
  }
}

function advance(flow: Flow<unknown>, resume: Resume): IteratorResult<Effect, unknown> {
  switch (resume.how) {
    case 'next':
      return flow.next(resume.value);
    case 'throw':
      return flow.throw(resume.error);
    case 'return':
      return flow.return(undefined);
  }
}

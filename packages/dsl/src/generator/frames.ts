import { isComposite } from '../effects/composite.ts';
import { type Effect, isEffect } from '../effects/effect.ts';
import { YieldError } from '../errors/index.ts';

/** How the innermost generator is to be resumed. */
export type Resume =
  { readonly how: 'next'; readonly value: unknown } | { readonly how: 'throw'; readonly error: unknown } | { readonly how: 'return' };

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- see Flow
type Body = Iterator<Effect, unknown, any>;
interface Frame {
  readonly body: Body;
  /** True once it was told to return: when it is done, the frame around it returns too. */
  returning: boolean;
}

/** The flow's generator, and above it the bodies of composed effects that were yielded plainly (`yield menu(…)`). */
export class Frames {
  readonly #flow: string;
  readonly #frames: Frame[];

  constructor(flow: string, body: Body) {
    this.#flow = flow;
    this.#frames = [{ body, returning: false }];
  }

  /** Resumes the innermost generator and gives the next primitive effect, or null when the flow is done. Throws what the flow throws. */
  pull(first: Resume): Exclude<Effect, { kind: 'composite' }> | null {
    let resume = first;
    for (;;) {
      const frame = this.#frames.at(-1);
      if (frame === undefined) return null;
      let result: IteratorResult<Effect, unknown>;
      try {
        result = advance(frame, resume);
      } catch (error) {
        this.#frames.pop();
        const thrown = whatWasWrong(resume, error);
        if (this.#frames.length === 0) throw thrown;
        resume = { how: 'throw', error: thrown };
        continue;
      }
      if (result.done === true) {
        this.#frames.pop();
        resume = frame.returning ? { how: 'return' } : { how: 'next', value: result.value };
        continue;
      }
      const yielded: unknown = result.value;
      if (isComposite(yielded)) {
        this.#frames.push({ body: yielded.body(), returning: false });
        resume = { how: 'next', value: undefined };
      } else if (isEffect(yielded)) {
        return yielded as Exclude<Effect, { kind: 'composite' }>;
      } else {
        resume = { how: 'throw', error: notAnEffect(this.#flow, yielded) };
      }
    }
  }

  /** Lets all `finally` blocks run, innermost first, and gives the first effect that they yield. */
  close(): ReturnType<Frames['pull']> {
    for (const frame of this.#frames) frame.returning = true;
    return this.pull({ how: 'return' });
  }
}

function advance(frame: Frame, resume: Resume): IteratorResult<Effect, unknown> {
  switch (resume.how) {
    case 'next':
      return frame.body.next(resume.value);
    case 'throw':
      if (frame.body.throw === undefined) throw resume.error;
      return frame.body.throw(resume.error);
    case 'return':
      frame.returning = true;
      return frame.body.return?.() ?? { done: true, value: undefined };
  }
}

/** `yield* 'text'` can't take the error of what it yields: JavaScript throws a TypeError about that instead, which says nothing to the author. */
function whatWasWrong(resume: Resume, error: unknown): unknown {
  return resume.how === 'throw' && resume.error instanceof YieldError && error instanceof TypeError ? resume.error : error;
}

function notAnEffect(flow: string, value: unknown): YieldError {
  if (typeof value === 'function')
    return new YieldError(flow, `the function ${value.name || '(unnamed)'}`, 'call it, and write yield* if it is a generator function');
  if (Array.isArray(value)) return new YieldError(flow, 'a list', 'yield its effects one by one');
  if (value instanceof Promise) return new YieldError(flow, 'a promise', "wrap the asynchronous work in step('name', () => …)");
  if (typeof value === 'object' && value !== null && 'next' in value)
    return new YieldError(flow, 'a generator', 'write yield* instead of yield');
  return new YieldError(flow, value === null ? 'null' : `a value of type ${typeof value}`, 'yield effects such as say(…) or capture(…)');
}

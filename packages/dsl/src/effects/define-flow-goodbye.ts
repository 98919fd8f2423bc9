import { isNoAnswerError } from '../errors/index.ts';
import type { Call } from './call.ts';
import type { Effect, Flow } from './effect.ts';
import { hangup } from './hangup.ts';
import { phrase } from './phrases.ts';
import { playFile } from './play-file.ts';
import { promptParts } from './question/prompts.ts';
import { say } from './say.ts';
import { isAudio, type Prompt } from './text.ts';

/** What is heard when the caller gave no usable answer: words before a hang-up, or a part of the flow. */
export type Goodbye<P> = Prompt | ((call: Call<P>) => Flow<unknown>);

/**
 * A body of a flow in which a `NoAnswerError` that nobody caught is answered by `goodbye`, in place of a failure.
 * Without one the flow says its phrase `goodbye` and hangs up.
 */
export function withGoodbye<P, A extends readonly unknown[]>(
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- see Flow
  body: (call: Call<P>, ...more: A) => Generator<Effect, unknown, any>,
  goodbye: Goodbye<P> | null,
): (call: Call<P>, ...more: A) => Flow<unknown> {
  return function* answered(call, ...more) {
    try {
      return yield* body(call, ...more);
    } catch (error) {
      if (!isNoAnswerError(error)) throw error;
    }
    return yield* typeof goodbye === 'function' ? goodbye(call) : speak(goodbye ?? phrase('goodbye'));
  };
}

function* speak(prompt: Prompt): Flow {
  for (const part of promptParts(prompt)) yield isAudio(part) ? playFile(part.audio) : say(part);
  yield hangup();
}

import { hangup } from '../effects/hangup.ts';
import { playFile } from '../effects/play-file.ts';
import { say } from '../effects/say.ts';
import { isNoAnswerError } from '../errors/index.ts';
import type { Flow } from '../flow/effect.ts';
import type { FlowBody, FlowOptions } from '../flow/flow-options.ts';
import { phrase } from '../flow/phrase.ts';
import { isAudio, type Prompt, promptParts } from '../flow/text.ts';

/**
 * A body of a flow in which a `NoAnswerError` that nobody caught is answered by `goodbye`, in place of a failure.
 * Without one the flow says its phrase `goodbye` and hangs up.
 */
export function withGoodbye(body: FlowBody, goodbye: FlowOptions['goodbye']): FlowBody {
  return function* answered(call) {
    try {
      return yield* body(call);
    } catch (error) {
      if (!isNoAnswerError(error)) throw error;
    }
    // What it returns is no result of the flow.
    yield* typeof goodbye === 'function' ? goodbye(call) : speak(goodbye ?? phrase('goodbye'));
    return undefined;
  };
}

function* speak(prompt: Prompt): Flow {
  for (const part of promptParts(prompt)) yield isAudio(part) ? playFile(part.audio) : say(part);
  yield hangup();
}

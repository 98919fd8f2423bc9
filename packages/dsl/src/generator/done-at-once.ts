import type { AtOnce } from '../effects/primitive.ts';
import type { Call } from '../flow/call.ts';
import { hash } from '../flow/slug.ts';
import type { TaggedRun } from '../flow/tags.ts';
import { NOTHING, type Resume } from './frames.ts';
import type { Noted } from './noted.ts';
import type { Progress } from './progress.ts';
import { seededRandom } from './seeded-random.ts';
import type { Speech } from './speech.ts';

/** The execution in which effects are done. */
interface Doing extends TaggedRun {
  readonly call: Call;
  readonly progress: Progress;
  readonly noted: Noted;
}

/** Does the effects for which nothing is waited. */
export class DoneAtOnce {
  readonly #in: Doing;
  readonly #speech: Speech;
  #random: (() => number) | null = null;

  constructor(execution: Doing, speech: Speech) {
    this.#in = execution;
    this.#speech = speech;
  }

  /** What the flow goes on with. A kind that is missing here doesn't compile. */
  perform(effect: AtOnce): Resume {
    const { progress, noted, call } = this.#in;
    switch (effect.kind) {
      case 'say':
      case 'playFile':
        return progress.ending ? NOTHING : this.#speech.speak(effect);
      case 'now':
        return { how: 'next', value: new Date(progress.at) };
      case 'random':
        this.#random ??= seededRandom(hash(call.id));
        return { how: 'next', value: this.#random() };
      case 'useVoice':
        return this.#speech.useVoice(effect);
      case 'useLanguage':
        return this.#speech.useLanguage(effect);
      case 'currentLanguage':
        return { how: 'next', value: this.#speech.language };
      case 'log':
        return this.#speech.log(effect);
      case 'tags':
        return noted.set(effect, this.#in);
    }
  }
}

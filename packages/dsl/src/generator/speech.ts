import type { Action } from '../callflow/actions.ts';
import type { Bridge } from '../effects/bridge.ts';
import type { Capture } from '../effects/capture.ts';
import type { Log } from '../effects/log.ts';
import type { PlayFile } from '../effects/play-file.ts';
import type { Say } from '../effects/say.ts';
import { toActions } from '../effects/to-actions.ts';
import type { UseLanguage } from '../effects/use-language.ts';
import type { UseVoice } from '../effects/use-voice.ts';
import { EffectArgumentError } from '../errors/index.ts';
import type { Call } from '../flow/call.ts';
import type { FlowOptions } from '../flow/flow-options.ts';
import { NOTHING, type Resume } from './frames.ts';

/** What a flow has said and logged since it was answered last, and the language and voice in which it speaks. */
export class Speech {
  language: string | null;
  actions: Action[] = [];
  logs: readonly Log[] = [];
  /** Whether anything was said or asked so far, or a signal waited for. */
  hasSpoken = false;
  readonly #call: Call;
  readonly #options: FlowOptions;
  #voice: string | null = null;

  constructor(call: Call, options: FlowOptions) {
    this.#call = call;
    this.#options = options;
    this.language = call.language ?? options.language;
  }

  get voice(): string {
    return this.#voice ?? this.#options.voices[this.language ?? ''] ?? '';
  }

  /** Puts what an effect says into the batch, or gives the error of what can't be said in this language. */
  speak(effect: Say | PlayFile | Capture | Bridge): Resume {
    try {
      const place = { call: this.#call, options: this.#options, language: this.language, voice: this.#voice };
      for (const action of toActions(effect, place)) this.actions.push(action);
      this.hasSpoken = true;
      return NOTHING;
    } catch (error) {
      return { how: 'throw', error };
    }
  }

  /** The pieces of a hold in the language and voice of now. The call is placed for it, even if there are none. */
  pieces(hold: readonly (Say | PlayFile)[]): readonly Action[] {
    const place = { call: this.#call, options: this.#options, language: this.language, voice: this.#voice };
    const pieces = hold.flatMap((piece) => toActions(piece, place));
    this.hasSpoken = true;
    return pieces;
  }

  log(effect: Log): Resume {
    this.logs = [...this.logs, effect];
    return NOTHING;
  }

  useVoice({ voice }: UseVoice): Resume {
    this.#voice = voice;
    return NOTHING;
  }

  useLanguage({ language }: UseLanguage): Resume {
    const { name, voices } = this.#options;
    if (Object.hasOwn(voices, language)) {
      this.language = language;
      this.#voice = null;
      return NOTHING;
    }
    const known = Object.keys(voices).filter(Boolean).join(', ');
    const message = `useLanguage: flow "${name}" has no voice for ${JSON.stringify(language)}; ${known ? `its voices are: ${known}` : 'give it voices: { … } instead of voice'}.`;
    return { how: 'throw', error: new EffectArgumentError('HS_VOICE_MISSING', message, 'useLanguage.language') };
  }
}

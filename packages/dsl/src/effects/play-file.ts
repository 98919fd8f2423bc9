import { checkOptions, type OptionChecks, parameterCheck } from '../arguments/check-argument.ts';
import { PARAMETERS } from '../callflow/parameters.ts';
import { checkedAudioUrl } from '../flow/check-text.ts';
import type { Effect } from '../flow/effect.ts';
import { makeEffect } from '../flow/make-effect.ts';
import type { Audio } from '../flow/text.ts';

/** Options of `playFile`. */
export interface PlayFileOptions {
  /** How often it is played: 1, 2 or 3. @default 1 */
  readonly repetition?: number | null;
}

/** Plays an audio file; see `playFile`. */
export interface PlayFile extends Effect<'playFile', void> {
  readonly fileUrl: Audio['audio'];
  readonly repetition: number;
}

const OPTIONS: OptionChecks<PlayFileOptions> = { repetition: parameterCheck(PARAMETERS.playFile.repetition) };

/**
 * Plays the `.wav` or `.mp3` (under 5 MB) at an http(s) URL, one for all languages or one per language. 8x8 caches a URL for one hour.
 * A URL whose path has no suffix is taken, and is a warning when it is sent.
 *
 * @throws EffectArgumentError at once, with the code of the callflow rule that an argument breaks, or `HS_TEXT_LANGUAGE_MISSING`.
 */
export function playFile(fileUrl: Audio['audio'], options: PlayFileOptions = {}): PlayFile {
  checkOptions('playFile', options, OPTIONS);
  return makeEffect<PlayFile>({
    kind: 'playFile',
    fileUrl: checkedAudioUrl('playFile', 'fileUrl', fileUrl),
    repetition: options.repetition ?? 1,
  });
}

import type { Action, SayAction, SayAndCaptureAction } from '../callflow/actions.ts';

/** How long a piece listens behind its words, ms. What ends in a capture surely brings the next webhook, and a file that can't be played makes no haste. */
const LISTENS = 1_000;

/** A part of a hold: what is sent, and how many of its pieces that plays. */
export interface HoldPiece {
  readonly actions: readonly Action[];
  readonly played: number;
}

/**
 * The part of a hold that is played after `played` pieces. It ends in a capture of one digit that nobody reads, because a callflow that ends in bare speech may bring no webhook (U10): a text is its prompt;
 * behind a file it is the next text, or `filler`. Server and tests go by this alone.
 */
export function holdPiece(hold: readonly Action[], played: number, filler: SayAction['params']): HoldPiece {
  const first = hold[played % hold.length];
  if (first === undefined) return { actions: [listening(filler)], played: 1 };
  if (first.action === 'say') return { actions: [listening(first.params)], played: 1 };
  const next = hold[(played + 1) % hold.length];
  if (next?.action === 'say') return { actions: [first, listening(next.params)], played: 2 };
  return { actions: [first, listening(filler)], played: 1 };
}

function listening({ text, voiceProfile, speed, repetition }: SayAction['params']): SayAndCaptureAction {
  return {
    action: 'sayAndCapture',
    params: {
      promptMessage: text,
      voiceProfile,
      successMessage: null,
      failureMessage: null,
      speed: speed ?? 1,
      repetition: repetition ?? 1,
      completeOnHash: false,
      minDigits: 1,
      maxDigits: 1,
      // Less than the other one, as 8x8's guide wants it (U5).
      digitTimeout: LISTENS - 1,
      overallTimeout: LISTENS,
      noOfTries: 1,
    },
  };
}

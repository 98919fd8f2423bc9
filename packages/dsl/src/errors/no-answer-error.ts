import { HookswitchError, isHookswitchError } from './hookswitch-error.ts';

/**
 * A menu or question without `otherwise` has used up its attempts. Thrown into the flow at the `yield*` that waited for it;
 * where the flow does not catch it, the flow's `goodbye` answers it.
 */
export class NoAnswerError extends HookswitchError {
  override readonly name = 'NoAnswerError';
  readonly code = 'HS_NO_ANSWER';

  /** The composed effect: `menu`, `ask` or `confirm`. */
  readonly effect: string;
  /** Its id, without the path of the sub-flow. */
  readonly id: string;
  /** How many attempts the caller had. */
  readonly attempts: number;
  /** What happened last: `noInput`, `noMatch`, `invalid`, `tooShort`, `tooLong`, or `again` (the caller did not confirm the entry). */
  readonly last: string;

  constructor(effect: string, id: string, attempts: number, last: string) {
    super(
      `${effect} "${id}": no usable answer after ${attempts} attempt${attempts === 1 ? '' : 's'} (last: ${last}). ` +
        'Give it `otherwise`, catch this error, or say more with the `goodbye` of defineFlow.',
    );
    this.effect = effect;
    this.id = id;
    this.attempts = attempts;
    this.last = last;
  }
}

/** Tells a `NoAnswerError` (of any loaded copy of the framework) from any other value. */
export function isNoAnswerError(value: unknown): value is NoAnswerError {
  return isHookswitchError(value) && value.code === 'HS_NO_ANSWER';
}

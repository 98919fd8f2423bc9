import { HookswitchError } from './hookswitch-error.ts';

/** An effect was made with an argument that 8x8 or Hookswitch refuses. Thrown at the line that made the effect. */
export class EffectArgumentError extends HookswitchError {
  override readonly name = 'EffectArgumentError';

  /** The stable code of the broken rule, e.g. `HS_CALLFLOW_MAX_DIGITS_REQUIRED`, or `HS_EFFECT_ARGUMENT` where no wire rule is involved. */
  readonly code: `HS_${string}`;
  /** Which effect and which argument, e.g. `capture.maxDigits`. */
  readonly argument: string;

  constructor(code: `HS_${string}`, message: string, argument: string) {
    super(message);
    this.code = code;
    this.argument = argument;
  }
}

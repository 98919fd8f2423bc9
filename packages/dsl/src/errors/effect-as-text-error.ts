import { HookswitchError } from './hookswitch-error.ts';

/** An effect was used as a text or a number, where its answer was meant. Thrown at that line. */
export class EffectAsTextError extends HookswitchError {
  override readonly name = 'EffectAsTextError';
  readonly code = 'HS_EFFECT_AS_TEXT';
  /** The effect's kind, e.g. `step`. */
  readonly kind: string;

  constructor(kind: string, id: string | null) {
    const what = id === null ? `${kind}(…)` : `${kind}(…) "${id}"`;
    super(
      `${what} was used as a text or a number, but it is an effect: its answer comes from yield*, as in: const answer = yield* ${kind}(…)`,
    );
    this.kind = kind;
  }
}

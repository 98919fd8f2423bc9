import { HookswitchError } from './hookswitch-error.ts';

/** The journal of a call and the code of its flow disagree: the flow does not wait where the journal says that an answer was given. */
export class DivergenceError extends HookswitchError {
  override readonly name = 'DivergenceError';
  readonly code = 'HS_DIVERGENCE';

  /** Name of the flow. */
  readonly flow: string;
  /** Index of the first journal entry that does not fit, from 0. */
  readonly index: number;
  /** The site where the journal has an answer. */
  readonly recorded: string;
  /** Where the code waits instead: a site, or `ended`, `failed`, `closed`. */
  readonly yielded: string;

  constructor(flow: string, index: number, recorded: string, yielded: string) {
    super(
      `Flow "${flow}": entry ${index} of the journal was recorded at "${recorded}", but the code now stands at "${yielded}". ` +
        'Likely causes: the code was changed while the call was in progress (give a renamed prompt its old id, or register the old code as a version of its own), ' +
        'or the flow reads a clock, randomness or the outside world without now(), random() or step().',
    );
    this.flow = flow;
    this.index = index;
    this.recorded = recorded;
    this.yielded = yielded;
  }
}

import { TranscriptError } from './transcript-error.ts';

interface Difference {
  readonly what: string;
  readonly live: string;
  readonly replayed: string;
}

/** A flow did something else when its journal was replayed: it depends on what isn't in the journal. */
export class ReplayDiffersError extends TranscriptError {
  override readonly name = 'ReplayDiffersError';
  readonly code = 'HS_TEST_REPLAY_DIFFERS';

  constructor(flow: string, { what, live, replayed }: Difference, where: string, transcript: string) {
    super(
      `Flow "${flow}": ${what} when its journal is replayed.\n  live:     ${live}\n  replayed: ${replayed}\n` +
        'Likely cause: it reads a clock, randomness, or something outside of the flow; use now(), random() or step().' +
        (where === '' ? '' : ` ${where}`),
      transcript,
    );
  }
}

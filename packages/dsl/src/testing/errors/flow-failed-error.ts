import { isError } from '../../errors/index.ts';
import { TranscriptError } from './transcript-error.ts';

/** The flow threw: on a server the caller would now hear the fallback. `cause` is what it threw. */
export class FlowFailedError extends TranscriptError {
  override readonly name = 'FlowFailedError';
  readonly code = 'HS_TEST_FLOW_FAILED';
  /** The last site at which the flow waited; null where it failed before the first. */
  readonly site: string | null;

  constructor(flow: string, site: string | null, cause: unknown, transcript: string, where = '') {
    const what = isError(cause) ? `${cause.name}: ${cause.message}` : String(cause);
    super(
      `Flow "${flow}" failed ${site === null ? 'at the start of the call' : `after "${site}"`}: ${what}${where === '' ? '' : ` ${where}`}`,
      transcript,
      { cause },
    );
    this.site = site;
  }
}

import { SessionError } from '../errors/session-error.ts';
import { explainSessionError, explainStatus } from '../platform/index.ts';
import type { KeptSummary } from './state.ts';

/** What a summary may say when 8x8 did not take a callflow: as an error of the session, or with the code of the API. */
const CALLFLOW_INVALID = -2003;
/** Codes from here down to -1999 are those with which the API refuses a callflow. */
const FIRST_OF_API = -1001;

/** The error with which a session has ended; null for one that ended as calls do, busy and unanswered ones included. `voice`: the last that our answers spoke with. */
export function sessionErrorOf(
  { status, errorCode, errorMessage }: Pick<KeptSummary, 'status' | 'errorCode' | 'errorMessage'>,
  voice: string | null,
): SessionError | null {
  if (status !== 'ERROR' && (errorCode === null || errorCode >= 0)) return null;
  const isOfApi = errorCode !== null && errorCode <= FIRST_OF_API && errorCode > -2000;
  const refused = isOfApi || errorCode === CALLFLOW_INVALID;
  const { rule, meaning, fix } = isOfApi ? explainStatus(errorCode, 400) : explainSessionError(errorCode ?? 0);
  const said = errorMessage === null || errorMessage === '' ? '' : ` 8x8 says: ${errorMessage}.`;
  const named = errorCode === null ? 'no-code' : rule;
  return new SessionError(errorCode, named, refused, refused && voice !== null ? [voice] : [], `${meaning}${said} ${fix}`);
}

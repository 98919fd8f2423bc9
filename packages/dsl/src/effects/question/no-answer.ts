import { NoAnswerError } from '../../errors/index.ts';
import { currentRun } from '../current-run.ts';

/** What is thrown where no attempt is left. While a flow is ended nobody answers, and what catches this error (the flow's `goodbye`) is no clean-up. */
export function noAnswer(...how: ConstructorParameters<typeof NoAnswerError>): NoAnswerError {
  currentRun()?.doubt();
  return new NoAnswerError(...how);
}

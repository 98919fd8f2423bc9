import type { Cli } from '../cli.ts';
import { EXIT_CODES } from '../exit-codes.ts';

/** npx hands Ctrl+C on to a process that has had it from the terminal: what comes again so soon is the same, ms. */
const SAME = 500;

/** Aborted by the first Ctrl+C, so that what was found until then is told; a second one ends the process. */
export function untilStopped({ context: { stop, now } }: Cli): AbortSignal {
  if (stop !== null) return stop.aborted ? new AbortController().signal : stop;
  const abort = new AbortController();
  let at = 0;
  process.on('SIGINT', () => {
    if (abort.signal.aborted && now() - at > SAME) process.exit(EXIT_CODES.interrupted.code);
    if (abort.signal.aborted) return;
    at = now();
    abort.abort();
  });
  return abort.signal;
}

import { stepFailure } from '@hookswitch/dsl';
import type { FastifyBaseLogger } from 'fastify';

type Level = 'debug' | 'info' | 'warn' | 'error';

/** A logger that never throws. */
export type SteadyLog = Readonly<Record<Level, (line: Readonly<Record<string, unknown>>, message: string) => void>>;

/**
 * Writes to `log`, which may be a host's own: where it throws, as one does that meets an error that can't be read, the line is written again with no more of the error
 * than its name and message. What fails then is left out: no call waits for a log.
 */
export function steadyLog(log: Pick<FastifyBaseLogger, Level>): SteadyLog {
  const write =
    (level: Level) =>
    (line: Readonly<Record<string, unknown>>, message: string): void => {
      try {
        log[level](line, message);
      } catch {
        try {
          const { name, message: said } = stepFailure(line['err']);
          log[level]({ ...line, err: { type: name, message: said } }, message);
        } catch {
          // Nobody is left to tell.
        }
      }
    };
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}

import type { SteadyLog } from '../observe/steady-log.ts';
import type { CallsObserver } from '../calls/context.ts';

/** An observer that never throws: what fails while something is told must not be mistaken for a failure of what is told. */
export function steadyObserver(observer: CallsObserver, log: SteadyLog): CallsObserver {
  const guarded = Object.entries(observer).map(([name, tell]: [string, (...told: unknown[]) => void]) => [
    name,
    (...told: unknown[]): void => {
      try {
        tell(...told);
      } catch (error) {
        log.error({ err: error, told: name }, 'what happened to a call could not be told');
      }
    },
  ]);
  return Object.fromEntries(guarded) as CallsObserver;
}

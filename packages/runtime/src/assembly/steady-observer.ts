import type { SteadyLog } from '../observe/steady-log.ts';
import type { SessionObserver } from '../session/settings.ts';

/** An observer that never throws: what fails while something is told must not be mistaken for a failure of what is told. */
export function steadyObserver(observer: SessionObserver, log: SteadyLog): SessionObserver {
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
  return Object.fromEntries(guarded) as SessionObserver;
}

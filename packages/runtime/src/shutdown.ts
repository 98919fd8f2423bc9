import { optionSet, withDefaults } from '@hookswitch/dsl/options';
import closeWithGrace from 'close-with-grace';
import { isAttached } from './attached.ts';
import type { FastifyInstance } from 'fastify';
import { type Clock, sleep, systemClock } from './clock.ts';

/** How a server ends. */
export interface ShutdownOptions {
  /**
   * Milliseconds after `SIGTERM` in which `/ready` says no and webhooks are still answered, so that whoever sends them can turn to another server before the port
   * closes; 0 closes it at once. @default 5000
   */
  readonly drain?: number;
  /** Milliseconds that turns under way may take once the port is closed. @default 15000 */
  readonly grace?: number;
}

/** What is closed; see `RunningServer`. */
interface Closable {
  readonly app: FastifyInstance;
  retire(): void;
  close(): Promise<void>;
  readonly closed: Promise<void>;
}

const DAY = 86_400_000;

/** The schema of `ShutdownOptions`. */
export const SHUTDOWN_OPTIONS = optionSet({
  drain: { type: 'integer', minimum: 0, maximum: DAY, default: 5_000 },
  grace: { type: 'integer', minimum: 0, maximum: DAY, default: 15_000 },
});

/**
 * Closes `server` when the process is told to end. After `SIGTERM`, which comes from whoever replaces servers, it drains first; a second one ends that. Any other signal,
 * such as the `SIGINT` of a terminal, and an error that nobody caught close it at once. The process ends with 0 after a signal; with 1 after an error, after a signal
 * that comes while the server closes, or when the grace ran out. Resolves when the server has closed, also when it was closed otherwise.
 */
export async function closeOnSignals(server: Closable, options: ShutdownOptions = {}, clock: Clock = systemClock): Promise<void> {
  const { drain, grace } = withDefaults<Required<ShutdownOptions>>(SHUTDOWN_OPTIONS, options);
  const { log } = server.app;
  const drained = new AbortController();
  let stage: 'serving' | 'draining' | 'closing' = 'serving';
  const listeners = closeWithGrace(
    { delay: grace, logger: false, skip: isAttached() ? ['SIGTERM'] : ['SIGTERM', 'SIGHUP'] },
    async ({ err, signal = 'SIGTERM' }) => {
      stage = 'closing';
      if (err !== undefined) log.fatal({ err }, 'closing after an error that nobody caught');
      else log.info({ signal }, 'closing');
      await server.close();
    },
  );
  const onTerm = (): void => {
    if (stage === 'closing') process.exit(1);
    if (stage === 'draining') return drained.abort();
    stage = 'draining';
    server.retire();
    if (drain > 0) log.info({ drain }, 'draining: /ready says no, webhooks are still answered');
    void sleep(clock, drain, drained.signal).then(() => {
      if (stage === 'draining') listeners.close();
    });
  };
  process.on('SIGTERM', onTerm);
  await server.closed;
  process.off('SIGTERM', onTerm);
  listeners.uninstall();
}

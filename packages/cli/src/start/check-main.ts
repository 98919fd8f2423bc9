import { setImmediate } from 'node:timers/promises';
import { isError } from '@hookswitch/dsl';
import { loadConfig } from '../load/load-config.ts';
import { loadFlows } from '../load/load-flows.ts';
import { processContext } from '../process-context.ts';
import type { CheckNews, CheckTask } from './background-check.ts';
import { findingOf } from './flow-finding.ts';

/** The process that explores flows for `hookswitch start`: it is given one task, tells what it finds, and ends. */
process.once('message', (task: CheckTask) => {
  void check(task).then(
    () => send({ type: 'done' }),
    (error: unknown) => send({ type: 'failed', reason: isError(error) ? error.message : String(error) }),
  );
});
// The server has gone, however that came about; what flows hold open ends with it.
process.on('disconnect', () => process.exit());
if (!process.connected) process.exit();
// Ctrl+C reaches the whole group; the server says when to end.
process.on('SIGINT', () => undefined);

async function check({ paths, configFile }: CheckTask): Promise<void> {
  const context = processContext();
  const config = await loadConfig(context, { configFile: configFile ?? undefined });
  const given = paths.length > 0 ? paths : (config.values.flows ?? []);
  for (const loaded of await loadFlows(given, paths.length > 0 ? context.cwd : config.base, context)) {
    const finding = findingOf(loaded, config.values, context.cwd);
    if (finding !== null) send({ type: 'found', finding });
    // Between two flows is time to hear that the server has gone.
    await setImmediate();
  }
}

function send(news: CheckNews): void {
  if (process.connected) process.send?.(news);
}

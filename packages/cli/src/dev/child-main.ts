import { register } from 'tsx/esm/api';
import { register as registerForRequire } from 'tsx/cjs/api';
import { processContext } from '../process-context.ts';
import { FlowServer } from './flow-server.ts';
import { problemOf } from './load-project.ts';
import type { Reply, ReplyBody, Request } from './messages.ts';

/** How long the turns under way may take once the parent has gone, ms. */
const SHUTDOWN_TIMEOUT = 3_000;

/**
 * The process that serves one version of the flows for `hookswitch dev`. It waits with everything loaded but the flows, so that a change is served soon;
 * the parent tells it what to do.
 */
const files = new Set<string>();
registerForRequire();
register({ onImport: (url) => files.add(url) });

const context = processContext();
const server = new FlowServer({ ...context, importModule: async (url) => (await import(url)) as Readonly<Record<string, unknown>> }, () => [
  ...files,
]);

process.on('message', (message: Request) => {
  void answer(message);
});
// The parent has gone, however that came about: nobody can reach this process any more.
process.on('disconnect', leave);
// It may have gone while this process was still loading, when nobody listened.
if (!process.connected) leave();
// Ctrl+C reaches the whole group; the parent says when to end.
process.on('SIGINT', () => undefined);

function leave(): void {
  // A step that hangs must not keep the process for ever.
  setTimeout(() => process.exit(), SHUTDOWN_TIMEOUT);
  void server.close().finally(() => process.exit());
}

async function answer({ id, ...request }: Request): Promise<void> {
  const reply = await server
    .handle(request)
    .catch((error: unknown): ReplyBody => ({ type: 'failed', problem: problemOf(error), files: server.files() }));
  send({ id, ...reply });
}

function send(reply: Reply): void {
  if (process.connected) process.send?.(reply);
}

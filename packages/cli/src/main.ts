import { isAttached } from '@hookswitch/runtime/inside/process';
import { EXIT_CODES } from './exit-codes.ts';
import { processContext } from './process-context.ts';
import { run } from './run.ts';

let isLost = false;
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
  // Whoever reads has seen enough, as head has: the rest is not said, and the command comes to its own end.
  if (code === 'EPIPE' || isLost) return;
  isLost = true;
  process.stderr.write(`hookswitch: the output can not be written (${code ?? 'unknown error'}).\n`);
  process.exitCode = EXIT_CODES.outside.code;
});
process.stderr.on('error', () => undefined);
if (!isAttached()) process.on('SIGHUP', () => undefined);

const code = await run(process.argv.slice(2), processContext());
process.exitCode = isLost ? EXIT_CODES.outside.code : code;
// Whoever has pressed Ctrl+C does not wait for what still runs, e.g. a step; what was printed has to be out first.
if (process.exitCode === EXIT_CODES.interrupted.code) process.stdout.write('', () => process.exit());

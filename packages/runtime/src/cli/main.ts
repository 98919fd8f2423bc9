import { EXIT_CODES } from './exit-codes.ts';
import { processContext } from './process-context.ts';
import { run } from './run.ts';

process.exitCode = await run(process.argv.slice(2), processContext());
// Whoever has pressed Ctrl+C does not wait for what still runs, e.g. a step; what was printed has to be out first.
if (process.exitCode === EXIT_CODES.interrupted.code) process.stdout.write('', () => process.exit());

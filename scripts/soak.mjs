// `npm run soak`: long trials of real server processes, on the built packages; `npm run soak -- --help` lists them.
import { join } from 'node:path';
import { root, run } from './run.mjs';

const args = ['--expose-gc', '--import', 'tsx', 'test/soak/main.ts', ...process.argv.slice(2)];
// Only the trials themselves are compiled on the way; the packages are taken from their dist/.
process.exitCode = await run('node', args, { env: { TSX_TSCONFIG_PATH: join(root, 'tsconfig.base.json') } });

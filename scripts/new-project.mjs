// Makes a project of your own from this clone, beside it: `npm run new -- ../my-ivr`. It keeps the packages in its vendor/ folder, so nothing has to be published,
// and what it needs of this clone it has copied: move it, commit it, build a container from it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { root, run } from './run.mjs';

const args = process.argv.slice(2);
if (args[0] === undefined || args[0].startsWith('-')) {
  console.error('Name a folder for the project: npm run new -- ../my-ivr');
  process.exit(2);
}
// npm runs scripts in the top folder; a path counts from where the user stands.
const from = process.env.INIT_CWD ?? process.cwd();
const tarballs = mkdtempSync(join(tmpdir(), 'hookswitch-tarballs-'));
try {
  const steps = [
    ['node', ['scripts/build.mjs']],
    ['node', ['scripts/pack.mjs', tarballs]],
    [
      'node',
      [join(root, 'packages/cli/bin/hookswitch.js'), 'init', resolve(from, args[0]), '--packages', tarballs, ...args.slice(1)],
      from,
    ],
  ];
  for (const [command, commandArgs, cwd] of steps) {
    process.exitCode = await run(command, commandArgs, { cwd });
    if (process.exitCode !== 0) break;
  }
} finally {
  rmSync(tarballs, { recursive: true, force: true });
}

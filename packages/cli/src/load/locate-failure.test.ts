import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { project } from '../cli.test-support.ts';
import { displayPath, locateFailure } from './locate-failure.ts';

const SOURCE = "import { x } from './near.ts';\nimport y from 'not-here/deep';\nimport z from '@not/here/deep';\n";

/** What is said of `cause`, where FILE stands for the file that was loaded and FOLDER for its folder. */
function located(cause: unknown) {
  const cwd = project({ 'flows/a.ts': SOURCE });
  const file = join(cwd, 'flows/a.ts');
  const fill = (text: string): string => text.replaceAll('FILE', file).replaceAll('FOLDER', join(cwd, 'flows')).replaceAll('CWD', cwd);
  if (cause instanceof Error) Object.assign(cause, { message: fill(cause.message), stack: fill(cause.stack ?? '') });
  return locateFailure(file, cwd, cause);
}

const error = (message: string, fields: object = {}): Error => Object.assign(new Error(message), fields);

describe('locateFailure', () => {
  it.each([
    [
      'Transform failed with 1 error:\nFILE:3:38: ERROR: Expected "}" but found "voice"',
      'flows/a.ts:3:38 does not compile: Expected "}" but found "voice". Mend that line and try again.',
    ],
    ["Cannot find module 'FOLDER/near.ts' imported from FILE", 'flows/a.ts:1 imports "near.ts", and there is no such file.'],
    [
      "Cannot find package 'not-here' imported from FILE",
      'flows/a.ts:2 needs the package "not-here", which is not installed here. Run: npm install not-here',
    ],
    [
      "Cannot find package '@not/here' imported from FILE",
      'flows/a.ts:3 needs the package "@not/here", which is not installed here. Run: npm install @not/here',
    ],
  ])('reads %j', (message, expected) => {
    expect(located(error(message))).toMatchObject({ code: 'HS_FLOW_FILE', message: expect.stringContaining(expected) as string });
  });

  it('reads where the engine stopped', () => {
    const cause = new SyntaxError("The requested module './b.ts' does not provide an export named 'b'");
    cause.stack = `file://FILE:7\nimport { b } from './b.ts';\n         ^\nSyntaxError: …`;
    expect(located(cause).message).toBe(
      "flows/a.ts:7 can not be loaded: The requested module './b.ts' does not provide an export named 'b'. Mend that line and try again.",
    );
  });

  it.each([
    ['the file itself', ['FILE:9:3'], { file: 'flows/a.ts', line: 9, column: 3 }],
    ['else the first that is neither installed nor Node’s', [], { file: 'lib/b.ts', line: 4, column: 2 }],
  ])('takes the frame of %s', (_what, more, place) => {
    const frames = [
      'helper (/app/node_modules/x/index.js:1:1)',
      'file://CWD/lib/b.ts:4:2',
      'ModuleJob.run (node:internal/modules:1:1)',
      ...more,
    ];
    const stack = `Error: no\n${frames.map((frame) => `    at ${frame}`).join('\n')}`;
    expect(located(error('no', { stack })).place).toEqual(place);
  });

  it.each([[error('gone', { stack: 'Error: gone' })], ['a text'], [null], [{ odd: true }]])('names the file at least for %s', (cause) => {
    expect(located(cause).message).toMatch(/^flows\/a\.ts threw while it was loaded\./);
  });
});

describe('displayPath', () => {
  it.each([
    ['/home/a/flows/b.ts', '/home/a', 'flows/b.ts'],
    ['/home/b.ts', '/home/a', '../b.ts'],
    ['/etc/b.ts', '/home/a', '/etc/b.ts'],
    ['/home/a', '/home/a', '/home/a'],
  ])('shows %s from %s as %s', (path, cwd, shown) => {
    expect(displayPath(path, cwd)).toBe(shown);
  });
});

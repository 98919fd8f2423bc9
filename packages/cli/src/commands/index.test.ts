import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { createCli } from '../cli.ts';
import { hookswitch } from '../cli.test-support.ts';
import { EXIT_CODES } from '../exit-codes.ts';
import { createProgram } from '../run.ts';

const silent = { write: () => undefined };
const program = await createProgram(
  createCli({ out: silent, err: silent, env: {}, cwd: '/', now: () => 0, importModule: () => Promise.resolve({}), stop: null }),
);

/** Commands that do something, by what one types. */
const leaves = (
  command: Command,
  path: readonly string[] = [],
): readonly { readonly path: readonly string[]; readonly command: Command }[] =>
  command.commands.flatMap((child) =>
    child.commands.length > 0 ? leaves(child, [...path, child.name()]) : [{ path: [...path, child.name()], command: child }],
  );

const documented = readFileSync(new URL('../../../../docs/cli.md', import.meta.url), 'utf8');
const sections = new Map(
  documented
    .split(/^### /m)
    .slice(1)
    .map((text) => [text.split('\n')[0] ?? '', text]),
);
const rowsOf = (text = ''): string[] => text.split('\n').filter((line) => line.startsWith('| `'));

const commands = leaves(program).map(({ path, command }) => {
  const args = command.registeredArguments.map(
    (argument) =>
      (argument.required ? `<${argument.name()}` : `[${argument.name()}`) +
      (argument.variadic ? '...' : '') +
      (argument.required ? '>' : ']'),
  );
  return { path, command, title: `\`${['hookswitch', ...path, ...args].join(' ')}\`` };
});

describe('docs/cli.md', () => {
  it('has a section for every command, and for nothing else', () => {
    expect([...sections.keys()]).toEqual(commands.map(({ title }) => title));
  });

  it.each(commands.map(({ title, command }) => [title, command] as const))('lists the options of %s', (title, command) => {
    const section = sections.get(title);
    expect(rowsOf(section)).toEqual(
      command.options.map(({ flags, description }) => `| \`${flags}\` | ${description.replaceAll('|', '\\|')} |`),
    );
    expect(section).toContain(`${command.description()}`);
  });

  it('lists the exit codes', () => {
    const table = documented.split(/^## Exit codes$/m)[1]?.split(/^## /m)[0];
    expect(rowsOf(table)).toEqual(Object.values(EXIT_CODES).map(({ code, means }) => `| \`${code}\` | ${means} |`));
  });
});

describe('help', () => {
  it.each(commands.map(({ path }) => [path.join(' '), path] as const))('of %s has examples of that command', async (name, path) => {
    const { code, out } = await hookswitch([...path, '--help']);
    expect([code, out]).toEqual([0, expect.stringContaining(`\nExamples:\n  $ hookswitch ${name}`)]);
  });
});

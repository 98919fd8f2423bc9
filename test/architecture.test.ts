import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';
import type { OneWebhook } from './support/architecture/one-webhook.ts';
import { tsconfigOf } from './support/built.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const MAX_LINES = 300;
const MAX_FOLDERS = 12;
/** In how many files of the runtime functions may run for one webhook: a first one, a later one, and one that comes again. */
const MAX_FILES = [12, 12, 14] as const;

interface Source {
  /** Below `packages/`, with slashes. */
  readonly path: string;
  readonly text: string;
}

/** What the packages are made of, pages included; tests, and what only they need, are not. */
const sources: readonly Source[] = readdirSync(join(ROOT, 'packages')).flatMap((name) =>
  ['src', 'page/src'].flatMap((folder) => sourcesIn(`${name}/${folder}`)),
);

function sourcesIn(folder: string): readonly Source[] {
  let paths: readonly string[];
  try {
    paths = readdirSync(join(ROOT, 'packages', folder), { recursive: true, encoding: 'utf8' });
  } catch {
    return [];
  }
  return paths
    .filter((path) => /\.tsx?$/.test(path) && !/\.(test|bench|test-support)\.ts$/.test(path))
    .map((path) => ({
      path: `${folder}/${path.replaceAll('\\', '/')}`,
      text: readFileSync(join(ROOT, 'packages', folder, path), 'utf8'),
    }));
}

/** What a source imports, exports from elsewhere, or loads later, as it writes it. */
function importsOf({ text }: Source): readonly string[] {
  return ts.preProcessFile(text).importedFiles.map(({ fileName }) => fileName);
}

/** What a source loads as soon as it is loaded: no types, and nothing that it imports later. */
function loadedBy({ path, text }: Source): readonly string[] {
  return ts
    .createSourceFile(path, text, ts.ScriptTarget.Latest)
    .statements.flatMap((statement) => {
      if (ts.isImportDeclaration(statement) && !statement.importClause?.isTypeOnly) return [statement.moduleSpecifier];
      return ts.isExportDeclaration(statement) && !statement.isTypeOnly && statement.moduleSpecifier ? [statement.moduleSpecifier] : [];
    })
    .map((specifier) => (specifier as ts.StringLiteral).text);
}

/** The packages that are loaded with a source, through all sources of its own package that it loads. */
function packagesLoadedWith(path: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(path)) return seen;
  seen.add(path);
  const source = sources.find((one) => one.path === path);
  if (source === undefined) throw new Error(`${path} is not among the sources.`);
  for (const specifier of loadedBy(source)) {
    if (specifier.startsWith('.')) packagesLoadedWith(posix.join(posix.dirname(path), specifier), seen);
    else seen.add(specifier);
  }
  return new Set([...seen].filter((one) => !one.endsWith('.ts')));
}

/** The folder of its own package that an import leads to; null for what is imported by name, which the rules of imports hold. */
function folderOf(path: string, specifier: string): string | null {
  return specifier.startsWith('.') ? posix.dirname(posix.join(posix.dirname(path), specifier)) : null;
}

/** Runs a call in a process of its own: its first webhook, the next one, and that one again. */
async function measureWebhooks(): Promise<readonly OneWebhook[]> {
  const child = fork(join(ROOT, 'test/support/architecture/one-webhook.ts'), [], {
    cwd: ROOT,
    execArgv: ['--import', import.meta.resolve('tsx')],
    env: { PATH: process.env['PATH'], TSX_TSCONFIG_PATH: tsconfigOf(false) },
  });
  const [[message]] = (await Promise.all([once(child, 'message'), once(child, 'exit')])) as [[readonly OneWebhook[]], unknown];
  return message;
}

describe('the sources', () => {
  it('are found in every package', () => {
    const packages = new Set(sources.map(({ path }) => path.split('/')[0]));
    expect([...packages]).toEqual(readdirSync(join(ROOT, 'packages')));
    expect(sources.map(({ path }) => path)).toContain('console/page/src/main.tsx');
  });

  it(`have no file of more than ${MAX_LINES} lines`, () => {
    const long = sources
      .map(({ path, text }) => ({ path, lines: text.trimEnd().split('\n').length }))
      .filter(({ lines }) => lines > MAX_LINES);
    expect(long).toEqual([]);
  });

  // An index.ts gathers what its package exports, and inside/index.ts what packages share: they are lists, and do nothing.
  it(`have no folder that imports from more than ${MAX_FOLDERS} others, but for index.ts`, () => {
    const known = new Map<string, Set<string>>();
    for (const source of sources.filter(({ path }) => !path.endsWith('/index.ts'))) {
      const folder = dirname(source.path);
      const others = known.get(folder) ?? new Set();
      for (const other of importsOf(source).map((specifier) => folderOf(source.path, specifier)))
        if (other !== null && other !== folder) others.add(other);
      known.set(folder, others);
    }
    expect(known.size).toBeGreaterThan(50);
    const wide = [...known]
      .filter(([, others]) => others.size > MAX_FOLDERS)
      .map(([folder, others]) => [folder, others.size, ...[...others].toSorted()]);
    expect(wide).toEqual([]);
  });

  // Most of what a start takes is loading: the command loads the server only where a command needs it.
  it('load next to nothing for the help of hookswitch', () => {
    const loaded = [...packagesLoadedWith('cli/src/main.ts')].filter((name) => !name.startsWith('node:'));
    expect(loaded.toSorted()).toEqual(['@hookswitch/runtime/inside/process', 'commander', 'picocolors']);
    expect([...packagesLoadedWith('runtime/src/inside/process.ts')].filter((name) => !name.startsWith('node:'))).toEqual([]);
  });

  it('commit calls in one place, and look for a lost race there alone', () => {
    const core = sources.filter(({ path }) => path.startsWith('runtime/src/') && !path.startsWith('runtime/src/store/'));
    const holding = (what: RegExp): readonly string[] => core.filter(({ text }) => what.test(text)).map(({ path }) => path);
    expect(holding(/store\.commit\(/)).toEqual(['runtime/src/calls/calls.ts']);
    expect(holding(/[!=]==? 'conflict'|'conflict' [!=]==?|case 'conflict'|with\('conflict'/)).toEqual(['runtime/src/calls/calls.ts']);
  });
});

describe('one webhook without a step, on the memory store,', () => {
  let measured: readonly OneWebhook[];
  beforeAll(async () => {
    measured = await measureWebhooks();
  });

  it('is answered by the flow; one that comes again, with the same', () => {
    const [first, later, again] = measured.map(({ answer }) => answer);
    const asks = (promptMessage: string) => ({ callflow: [{ action: 'sayAndCapture', params: { promptMessage } }] });
    expect([first, later]).toMatchObject([
      { clientActionId: 'key.0', ...asks('Press any key.') },
      { clientActionId: 'other.1', ...asks('You pressed 5. Press another one.') },
    ]);
    expect(again).toEqual(later);
  });

  it('runs functions of no file that the walk of ARCHITECTURE.md leaves out', () => {
    const [, walk = ''] = readFileSync(join(ROOT, 'ARCHITECTURE.md'), 'utf8').split(/^## One webhook$|^### /m);
    const missing = measured.slice(0, 2).flatMap(({ files }) => files.filter((file) => !walk.includes(posix.basename(file))));
    expect(missing).toEqual([]);
  });

  it.each(['as the first of a call', 'as a later one', 'as one that comes again'].map((how, index) => [how, index] as const))(
    '%s, runs functions of few files',
    (_how, index) => {
      const { files } = measured[index] ?? { files: [] };
      expect(files).toEqual(expect.arrayContaining(['calls/calls.ts', 'calls/find.ts', 'webhook/plugin.ts']));
      expect(files.length, files.join(', ')).toBeLessThanOrEqual(MAX_FILES[index] ?? 0);
    },
  );
});

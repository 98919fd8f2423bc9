import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as dsl from '@hookswitch/dsl';
import ts from 'typescript';

/** The top folder of the repository. */
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** What stands for the services of a reader. */
const CRM = `
export interface Customer { readonly id: string; readonly name: string }
const ANN: Customer = { id: 'c-1', name: 'Ann' };
export const crm = {
  find: async (_account: string): Promise<Customer | null> => ANN,
  findByNumber: async (_number: string | null): Promise<Customer | null> => ANN,
  order: async (_item: string, _options: { readonly key: string; readonly signal?: AbortSignal }): Promise<{ readonly number: string }> => ({ number: '7' }),
  cancel: async (_number: string): Promise<void> => {},
};
`;

/** One code block of a document. */
export interface CodeBlock {
  /** Where it stands, e.g. `docs/testing.md:12`. */
  readonly place: string;
  /** File to which it is written. */
  readonly path: string;
  /** A module as it stands, or the inside of a flow around which one was put. */
  readonly isModule: boolean;
}

/**
 * The TypeScript blocks of some documents, written below `test/`, so that packages and relative imports are found as in a project of a reader.
 * A block with `import` is a module, called as its `file=` says; any other is the inside of a flow, with everything of the dsl and `crm` at hand.
 */
export function writeBlocks(documents: readonly string[]): { readonly blocks: readonly CodeBlock[]; readonly remove: () => void } {
  mkdirSync(join(ROOT, 'test/.tmp'), { recursive: true });
  const folder = mkdtempSync(join(ROOT, 'test/.tmp/docs-'));
  const blocks = documents.flatMap((document) => {
    const home = join(folder, document.replaceAll(/\W+/g, '-'));
    write(join(home, 'flows/crm.ts'), CRM);
    return blocksOf(document).map(({ line, file, code }) => {
      const isModule = /^(import|export) /m.test(code);
      const path = join(home, file ?? `flows/line-${line}.ts`);
      write(path, isModule ? code : asFlow(code, line));
      return { place: `${document}:${line}`, path, isModule };
    });
  });
  return { blocks, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** What the compiler has to say against these files, as `file:line message`. */
export function typeErrors(paths: readonly string[]): readonly string[] {
  const config = join(ROOT, 'tsconfig.test.json');
  const { options } = ts.parseJsonConfigFileContent(ts.readConfigFile(config, (path) => ts.sys.readFile(path)).config, ts.sys, ROOT);
  const program = ts.createProgram([...paths], options);
  return paths.flatMap((path) => {
    const source = program.getSourceFile(path);
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    return found.map(({ messageText, start = 0 }) => {
      const line = (source?.getLineAndCharacterOfPosition(start).line ?? 0) + 1;
      return `${relative(ROOT, path)}:${line} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
    });
  });
}

function blocksOf(document: string): readonly { readonly line: number; readonly file: string | undefined; readonly code: string }[] {
  const text = readFileSync(join(ROOT, document), 'utf8');
  return [...text.matchAll(/^```ts(?: file=(\S+))?\n([\s\S]*?)^```$/gm)].map(({ 1: file, 2: code = '', index }) => ({
    line: text.slice(0, index).split('\n').length,
    file,
    code,
  }));
}

function asFlow(code: string, line: number): string {
  return `import { ${Object.keys(dsl).join(', ')} } from '@hookswitch/dsl';
import type { Call, Flow, Text } from '@hookswitch/dsl';
import { match } from 'ts-pattern';
import { crm, type Customer } from './crm.ts';
const voice = 'en-US-BenjaminRUS';
export default defineFlow({ name: 'line-${line}', voice }, function* (call: Call) {
${code}
});
`;
}

function write(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { type FlowModule, isFlow, verify } from '@hookswitch/dsl';
import { afterAll, describe, expect, it } from 'vitest';
import { typeErrors, writeBlocks } from './support/docs.ts';

const { blocks, remove } = writeBlocks([
  'README.md',
  'docs/writing-flows.md',
  'docs/testing.md',
  'docs/http-api.md',
  'docs/settings.md',
  'docs/stores.md',
  'packages/dsl/README.md',
]);
afterAll(remove);

const tests = blocks.filter(({ path }) => path.endsWith('.test.ts'));
const modules = blocks.filter((block) => !tests.includes(block));

/** The flows that a block exports. */
async function flowsOf(path: string): Promise<readonly FlowModule[]> {
  const exported = (await import(pathToFileURL(path).href)) as Readonly<Record<string, unknown>>;
  return Object.values(exported).filter(isFlow);
}

describe('the code in the documents', () => {
  it('compiles', () => {
    expect(typeErrors(blocks.map(({ path }) => path))).toEqual([]);
  });

  it.each(modules.map(({ place, path }) => [place, path]))('has no problems that callers would trip over: %s', async (_place, path) => {
    for (const flow of await flowsOf(path)) {
      expect(verify(flow).problems.map(({ message }) => message)).toEqual([]);
    }
  });
});

it('every proxy in docs/deploy.md lets go of idle connections before the server does', () => {
  const read = (name: string): string => readFileSync(new URL(`../docs/${name}`, import.meta.url), 'utf8');
  const [, server = ''] = /^\| `keepAliveTimeout` \|[^|]*\| `(\d+)` \|/m.exec(read('configuration.md')) ?? [];
  const blocks = [...read('deploy.md').matchAll(/^```\w*\n([^]*?)^```/gm)].flatMap(([, code = '']) => (/proxy/.test(code) ? [code] : []));
  expect(blocks.length).toBeGreaterThan(0);
  for (const block of blocks) {
    const seconds = Number(/keepalive(?:_timeout)? (\d+)s/.exec(block)?.[1]);
    expect(seconds * 1_000, block).toBeLessThan(Number(server));
  }
});

// The tests in the documents are tests of this file.
for (const { place, path } of tests) describe(place, async () => void (await import(pathToFileURL(path).href)));

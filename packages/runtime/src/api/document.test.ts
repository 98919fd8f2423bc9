import { readFileSync } from 'node:fs';
import { capture, defineFlow } from '@hookswitch/dsl';
import { expect, it, onTestFinished } from 'vitest';
import { createApp } from '../app.ts';
import { HOOKS } from '../assembly/options.ts';
import { endedCall } from '../calls/ended-call.ts';
import { idleSummary, readState } from '../calls/state.ts';
import type { CallRecord } from '../store/store.ts';

const PAGE = readFileSync(new URL('../../../../docs/http-api.md', import.meta.url), 'utf8');
const flow = defineFlow({ name: 'asks', voice: 'en-US-ZiraRUS' }, function* () {
  yield* capture('Key?', { id: 'key', maxDigits: 1 });
});

interface Operation {
  readonly summary: string;
  readonly responses: object;
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
  readonly requestBody?: { readonly content: { readonly 'application/json': { readonly schema: { readonly properties: object } } } };
}

async function operations(): Promise<[string, Operation][]> {
  const app = await createApp({
    flows: [flow],
    store: 'memory',
    allowUnverified: true,
    apiTokens: ['a-long-enough-api-token'],
    logLevel: 'silent',
  });
  onTestFinished(() => app.close());
  const reply = await app.inject({ url: '/openapi.json', headers: { authorization: 'Bearer a-long-enough-api-token' } });
  const { paths } = reply.json<{ paths: Record<string, Record<string, Operation>> }>();
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, Operation] => [`${method.toUpperCase()} ${path}`, operation]),
  );
}

it('the page has every request that the document has, by its summary, and no other', async () => {
  const rows = [...PAGE.matchAll(/^\| `([A-Z]+ \/[^`]*)` \| (.+?) \|/gm)].map(([, request, summary]) => `${request} ${summary}`);
  expect(rows.sort()).toEqual((await operations()).map(([request, { summary }]) => `${request} ${summary}`).sort());
});

it('the page has every status that a request is answered with, and no other', async () => {
  for (const [request, { responses }] of await operations()) {
    const row = PAGE.split('\n').find((line) => line.startsWith(`| \`${request}\` |`)) ?? '';
    const statuses = (row.split('|')[3] ?? '').match(/\b\d{3}\b/g) ?? [];
    expect([request, statuses.sort()]).toEqual([request, Object.keys(responses).sort()]);
  }
});

it('the page has every field and parameter, and no other', async () => {
  for (const [request, { parameters = [], requestBody }] of await operations()) {
    const fields = Object.keys(requestBody?.content['application/json'].schema.properties ?? {});
    const names = [...fields, ...parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name)];
    const section = PAGE.split(`## \`${request}\``)[1]?.split('\n## ')[0] ?? '';
    const told = [...section.matchAll(/^\| ((?:`\w+`(?:, )?)+) \|/gm)].flatMap(([, cell = '']) => cell.replaceAll('`', '').split(', '));
    expect([request, told.sort()]).toEqual([request, names.sort()]);
  }
});

it('docs/configuration.md tells each hook and each field of what onEnd is told, and no other', () => {
  const page = readFileSync(new URL('../../../../docs/configuration.md', import.meta.url), 'utf8');
  const [hooks = '', end = ''] = (page.split('## `hooks`')[1] ?? '').split('\n## ')[0]?.split('What `onEnd` is told:') ?? [];
  const names = (text: string): string[] =>
    [...text.matchAll(/^\| ((?:`\w+`(?:, )?)+) \|/gm)].flatMap(([, cell = '']) => cell.replaceAll('`', '').split(', ')).sort();
  expect(names(hooks)).toEqual(Object.keys(HOOKS.properties).toSorted());
  const call = { state: '{}', startedAt: 0, endedAt: 0, site: 'closed', tags: {}, result: null } as unknown as CallRecord;
  const state = readState('{}');
  expect(names(end)).toEqual(Object.keys(endedCall(call, state, idleSummary(0))).sort());
});

import { defineFlow, say } from '@hookswitch/dsl';
import type { RouteOptions } from 'fastify';
import Fastify from 'fastify';
import { describe, expect, it, onTestFinished } from 'vitest';
import { hookswitch } from '../plugin.ts';

const TOKEN = 'a-long-enough-api-token';
const flow = defineFlow({ name: 'hello', voice: 'en-US-ZiraRUS' }, function* () {
  yield say('Hello.');
});

/** Which calls are listed, and counted. */
const WHICH = {
  flow: { right: 'hello', wrong: null },
  site: { right: 'main', wrong: null },
  status: { right: 'live,ended', wrong: ['liv', 'live,,ended', 'constructor', ','] },
  outcome: { right: 'outbound', wrong: ['liv', 'live,ended', 'constructor', ''] },
  number: { right: '+6590000001', wrong: ['Ann', '+', '6590 000001', '1234567890123456', '12'] },
  tag: {
    right: 'amount>=1000',
    wrong: [
      '',
      'reason',
      '=billing',
      'reason=',
      'reason~billing',
      '1st=a',
      'a b=c',
      'reason>billing',
      'amount>=',
      'amount<1e999',
      "x' OR 1=1 --",
      'a\u0000=b',
    ],
  },
  startedAfter: {
    right: '2026-11-23T08:00:00Z',
    wrong: ['soon', '', '2026-11-23', '2026-02-30T08:00:00Z', '2026-11-23T08:00:60Z', '2026-11-23T08:00:00+00'],
  },
  startedBefore: { right: '2026-11-23T08:00:00+08:00', wrong: ['soon', '', '2026-11-23T25:00:00Z', '2026-11-23T08:00:60Z', '1'] },
  endedBy: { right: 'caller', wrong: ['nobody', 'caller,flow', 'constructor', ''] },
} as const;

/** For every query parameter of a GET of the API a value that is right, and those that are wrong; null where every text is one. */
const PARAMETERS: Readonly<Record<string, Readonly<Record<string, { readonly right: string; readonly wrong: readonly string[] | null }>>>> =
  {
    '/calls/count': WHICH,
    '/calls': {
      ...WHICH,
      limit: { right: '500', wrong: ['0', '501', '-1', '1.5', '1e2', 'many', '', ' 1'] },
      cursor: { right: '1_2', wrong: ['page-2', '', '1_', '1_2_3', '99999999999999999999_1'] },
    },
    '/insights': {
      flow: { right: 'hello', wrong: [''] },
      since: { right: '2026-11-23T08:00:00Z', wrong: ['7d', '', '2026-11-23', '2026-02-30T08:00:00Z'] },
      until: { right: '2026-11-23T08:00:00+08:00', wrong: ['soon', '', '2026-11-23T25:00:00Z'] },
      version: { right: '2', wrong: null },
      compare: { right: 'before', wrong: [''] },
      number: { right: '+6531589338', wrong: [''] },
      zone: { right: 'Asia/Singapore', wrong: ['', 'Mars', 'constructor', '+25:00'] },
    },
    '/settings/history': {
      flow: { right: 'hello', wrong: [''] },
      limit: { right: '500', wrong: ['0', '501', '1.5', 'many', ''] },
      cursor: { right: '1_2', wrong: ['page-2', '', '1_'] },
    },
    '/audit': {
      label: { right: 'ops', wrong: null },
      action: { right: 'call.end', wrong: null },
      call: { right: 'x', wrong: null },
      flow: { right: 'hello', wrong: null },
      after: { right: '2026-11-23T08:00:00Z', wrong: ['soon', '', '2026-11-23', '1'] },
      before: { right: '2026-11-23T08:00:00+08:00', wrong: ['soon', '', '2026-11-23T25:00:00Z'] },
      limit: { right: '500', wrong: ['0', '501', '1.5', 'many', ''] },
      cursor: { right: '1_2', wrong: ['page-2', '', '1_'] },
    },
  };

/** Addresses with a query of their own: the console's, which are the same routes, and webhooks, whose addresses are their sender's. */
const OTHERS = /^\/(console|webhooks)(\/|$)/;

/** Whoever asks for these may add what it likes: a probe its name, a scraper its params. */
const FREE = ['/health', '/ready', '/metrics', '/openapi.json'];

interface Operation {
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
}

async function served() {
  const app = Fastify();
  onTestFinished(() => app.close());
  const addresses = new Set<string>();
  app.addHook('onRoute', ({ method, url }: RouteOptions) => {
    if ([method].flat().includes('GET') && !OTHERS.test(url)) addresses.add(url.replaceAll(/:\w+/g, 'x'));
  });
  await app.register(hookswitch, { flows: [flow], store: 'memory', allowUnverified: true, apiTokens: [TOKEN] });
  const headers = { authorization: `Bearer ${TOKEN}` };
  const get = (url: string) => app.inject({ url, headers });
  return { get, addresses: [...addresses] };
}

const cases = Object.entries(PARAMETERS).flatMap(([path, all]) => Object.entries(all).map(([name, row]) => ({ path, name, ...row })));
const address = (path: string, ...query: readonly (readonly [string, string])[]): string =>
  `${path}?${query.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')}`;

describe('query parameters of the API', () => {
  it('all have a row in this table', async () => {
    const { get } = await served();
    const { paths } = (await get('/openapi.json')).json<{ paths: Record<string, Record<string, Operation>> }>();
    const documented = Object.entries(paths).flatMap(([path, methods]) =>
      (methods['get'] === undefined ? [] : [methods['get']]).flatMap(({ parameters = [] }) =>
        parameters.flatMap((one) => (one.in === 'query' ? [`${path} ${one.name}`] : [])),
      ),
    );
    expect(documented.sort()).toEqual(cases.map(({ path, name }) => `${path} ${name}`).sort());
  });

  it.each(cases)('$name of $path takes what is right, and refuses what is wrong by its name', async ({ path, name, right, wrong }) => {
    const { get } = await served();
    expect((await get(address(path, [name, right]))).statusCode).toBe(200);
    for (const value of wrong ?? []) {
      const reply = await get(address(path, [name, value]));
      expect([value, reply.statusCode, reply.json()]).toEqual([
        value,
        400,
        { error: 'query', message: expect.stringContaining(name === 'number' ? 'umber' : name) as string },
      ]);
    }
  });

  it('tag of /calls may be given several times, up to ten, each of them right', async () => {
    const { get } = await served();
    const tags = (count: number, last: string) =>
      address('/calls', ...Array.from({ length: count }, () => ['tag', 'a=b'] as const), ['tag', last]);
    expect((await get(tags(9, 'amount>1'))).statusCode).toBe(200);
    for (const wrong of [tags(10, 'a=b'), tags(1, 'reason'), tags(1, 'a\u0007=b')])
      expect((await get(wrong)).json()).toEqual({ error: 'query', message: expect.stringContaining('tag') as string });
  });

  it.each(cases.filter(({ name }) => name !== 'tag'))('$name of $path is given once', async ({ path, name, right }) => {
    const { get } = await served();
    const reply = await get(address(path, [name, right], [name, right]));
    expect([reply.statusCode, reply.json()]).toEqual([
      400,
      { error: 'query', message: `The query parameter "${name}" is given more than once.` },
    ]);
  });

  it('with unknown names are refused at every address but those that probes, scrapers and browsers ask for', async () => {
    const { get, addresses } = await served();
    const names = ['x', 'Flow', 'constructor', '__proto__', 'flow[]'];
    const ask = async (path: string, name: string) => [path, (await get(address(path, [name, '1']))).statusCode] as const;
    const replies = await Promise.all(addresses.flatMap((path) => names.map((name) => ask(path, name))));
    const expected = (path: string): number => (FREE.includes(path) ? 200 : 400);
    expect(addresses).toEqual(expect.arrayContaining([...FREE, '/calls', '/calls/x', '/calls/x/journal', '/audit']));
    expect(replies).toEqual(replies.map(([path]) => [path, expected(path)]));
  });
});

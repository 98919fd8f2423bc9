import { capture, defineFlow, say } from '@hookswitch/dsl';
import { createApp, createMemoryStore, type Store } from '@hookswitch/runtime';
import { afterEach, describe, expect, it } from 'vitest';
import { hookswitchConsole } from './plugin.ts';
import { ConsoleWorld, TOKEN } from './console.test-support.ts';
import type { CallListView, FlowView, InfoView, LiveCount } from './views.ts';

const hello = defineFlow({ name: 'hello', voice: 'en-US-BenjaminRUS' }, function* () {
  const key = yield* capture('Press any key.', { id: 'key', maxDigits: 1, completeOnHash: false });
  yield say(`You pressed ${key}.`);
});

let world: ConsoleWorld;
afterEach(() => world.app.close());

const bearer = { authorization: `Bearer ${TOKEN}` };

/** A store whose operations are noted. */
function noted(): { readonly store: Store; readonly operations: string[] } {
  const operations: string[] = [];
  const store = new Proxy(createMemoryStore(), {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      operations.push(String(name));
      return value.bind(target) as unknown;
    },
  });
  return { store, operations };
}

/** The events of a stream, as they come. */
async function* eventsOf(url: string): AsyncGenerator<{ event: string; data: unknown }> {
  const response = await fetch(url, { headers: bearer });
  let text = '';
  for await (const chunk of (response.body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const event = /^event: (.+)$/m.exec(block)?.[1];
      const data = /^data: (.+)$/m.exec(block)?.[1];
      if (event !== undefined && data !== undefined) yield { event, data: JSON.parse(data) as unknown };
    }
  }
}

describe('the console', () => {
  it.each(['/info', '/events', '/live', '/calls', '/calls/x', '/calls/x/test', '/calls/x/journal', '/flows/hello'])(
    'shows %s only to those with a token',
    async (path) => {
      world = await ConsoleWorld.open(hello);
      expect((await world.app.inject(`/console/api${path}`)).statusCode).toBe(401);
    },
  );

  it('costs the store nothing where strangers ask', async () => {
    const { store, operations } = noted();
    const routes: string[] = [];
    world = await ConsoleWorld.open(hello, {
      store,
      extend: (app) => {
        app.addHook('onRoute', ({ url }) => void routes.push(url.replaceAll(/:\w+|\*/g, 'x')));
        return app.register(hookswitchConsole);
      },
    });
    operations.length = 0;
    expect(routes.length).toBeGreaterThan(12);
    for (const url of routes) for (const headers of [{}, { authorization: 'Bearer wrong' }]) await world.app.inject({ url, headers });
    expect(operations).toEqual([]);
  });

  it('says how it is opened where the server has no token', async () => {
    world = await ConsoleWorld.open(hello, { apiTokens: [] });
    const response = await world.app.inject({ url: '/console/api/info', headers: bearer });
    expect(response.statusCode).toBe(401);
    expect(response.json<{ message: string }>().message).toContain('HOOKSWITCH_API_TOKEN');
  });

  it('lists flows and draws them', async () => {
    world = await ConsoleWorld.open(hello);
    expect(await world.get<InfoView>('/info')).toMatchObject({ mode: 'production', flows: [{ name: 'hello', sites: 1 }] });
    const { chart, svg } = await world.get<FlowView>('/flows/hello');
    expect((await world.get<FlowView>('/flows/hello?keys=true')).chart).toEqual(chart);
    expect(chart.sites[0]).toMatchObject({ name: 'key', prompts: ['Press any key.'] });
    expect(svg).toContain('data-site="key"');
  });

  it('names the near miss of a flow that it does not know', async () => {
    world = await ConsoleWorld.open(hello);
    expect(await world.get('/flows/helo')).toMatchObject({ message: 'There is no flow "helo". Did you mean "hello"? There are: hello.' });
  });

  it('lists calls by flow, site, outcome, number and time, page by page', async () => {
    world = await ConsoleWorld.open(hello);
    await world.received('session-1');
    await world.received('session-2', { source: '+6581111111' });
    const ids = async (query: string): Promise<number> => (await world.get<CallListView>(`/calls?${query}`)).calls.length;
    expect(
      await Promise.all(
        [
          'flow=hello',
          'flow=other',
          'site=key',
          'outcome=live',
          'outcome=ended',
          'number=6581111111',
          'startedAfter=2999-01-01T00:00:00Z',
        ].map(ids),
      ),
    ).toEqual([2, 0, 2, 2, 0, 1, 0]);
    const first = await world.get<CallListView>('/calls?limit=1');
    const second = await world.get<CallListView>(`/calls?limit=1&cursor=${first.cursor}`);
    expect([first, second].map(({ calls }) => calls[0]?.sessionId)).toEqual(['session-2', 'session-1']);
  });

  it('finds a call that is over where it waited last', async () => {
    world = await ConsoleWorld.open(hello);
    await world.received();
    await world.over();
    const { calls } = await world.get<CallListView>('/calls?site=key');
    expect(calls).toMatchObject([{ status: 'ended', site: 'closed', lastSite: 'key' }]);
  });

  it('counts live calls by site', async () => {
    world = await ConsoleWorld.open(hello);
    await world.received();
    expect(await world.get<LiveCount[]>('/live')).toMatchObject([{ flow: 'hello', site: 'key', count: 1 }]);
  });

  it.each([
    ['a call', '/calls/nobody', 404, 'There is no call with this id'],
    ['a call with a very long id', `/calls/${'x'.repeat(5_000)}/test`, 404, 'There is nothing at GET /console/api/calls/xxx'],
    ['an outcome', '/calls?outcome=gone', 400, '"outcome": there is no "gone".'],
    ['a flow', '/flows/toString', 404, 'There is no flow "toString".'],
    ['an address', '/nowhere', 404, 'There is nothing at GET /console/api/nowhere.'],
  ])('answers in its own words who made up %s', async (_what, path, status, words) => {
    world = await ConsoleWorld.open(hello);
    const answer = await world.app.inject({ url: `/console/api${path}`, headers: bearer });
    expect([answer.statusCode, answer.json<{ message: string }>().message]).toEqual([status, expect.stringContaining(words)]);
  });

  it('hands the journal out as a file', async () => {
    world = await ConsoleWorld.open(hello);
    await world.received();
    await world.completed('5');
    const response = await world.app.inject({ url: `/console/api/calls/${await world.callId()}/journal`, headers: bearer });
    expect(response.headers['content-disposition']).toMatch(/^attachment; filename="journal-[\w-]+\.json"$/);
    expect(response.json()).toMatchObject({
      format: 'hookswitch-journal',
      flow: 'hello',
      call: { from: '+65••••01' },
      entries: [{ site: 'key', value: '5' }],
    });
  });

  it('tells of calls as they change, and ends its streams when the server closes', async () => {
    world = await ConsoleWorld.open(hello);
    const url = await world.app.listen({ port: 0, host: '127.0.0.1' });
    const events = eventsOf(`${url}/console/api/events`);
    expect((await events.next()).value).toMatchObject({ event: 'hello' });
    await world.received();
    expect((await events.next()).value).toMatchObject({
      event: 'calls',
      data: { calls: [{ site: 'key', status: 'live', from: '+65••••01' }], more: 0 },
    });
    await world.app.close();
    expect(await events.next()).toMatchObject({ done: true });
  });

  it('lets the page load from this server only', async () => {
    world = await ConsoleWorld.open(hello);
    const { headers } = await world.app.inject('/console/diagram.css');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['content-security-policy']).not.toContain('unsafe');
  });

  it('leads from /console to /console/, also below a prefix', async () => {
    world = await ConsoleWorld.open(hello);
    for (const url of ['/console', '/console?x=1', '//console', '//console//'])
      expect((await world.app.inject(url)).headers.location ?? '').toMatch(/^(console\/)?$/);
  });

  it('is not there where nobody has registered it', async () => {
    world = await ConsoleWorld.open(hello, { extend: () => undefined });
    expect((await world.app.inject({ url: '/console/api/info', headers: bearer })).statusCode).toBe(404);
  });

  it('stands beside a console of another server in one process', async () => {
    world = await ConsoleWorld.open(hello);
    const other = await createApp({
      flows: [hello],
      store: 'memory',
      allowUnverified: true,
      apiTokens: ['another-long-token'],
      logLevel: 'silent',
      extend: (app) => app.register(hookswitchConsole),
    });
    expect((await other.inject({ url: '/console/api/info', headers: bearer })).statusCode).toBe(401);
    await other.close();
  });
});

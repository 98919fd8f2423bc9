import { hookswitchConsole } from '@hookswitch/console';
import Fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import { baseOf, GET, type Host, HOSTS, openHost } from '../packages/runtime/src/hosts.test-support.ts';

const openConsole = (world: Host) => openHost(world, (app, options) => app.register(hookswitchConsole, options));

describe.each(Object.entries(HOSTS))('the console in a host with %s', (_name, world) => {
  const base = baseOf(world);

  it.each([
    ['/console/api/info', 200, { mode: 'production' }],
    ['/console/api/calls?limit=5', 200, { calls: [], cursor: null }],
    ['/console/api/calls?limit=no', 400, { error: 'query' }],
    ['/console/api/calls/none', 404, { error: 'call' }],
    ['/console/api/live', 200, []],
    ['/console/api/flows/host', 200, { chart: { flow: 'host' } }],
    ['/console/api/flows/none', 404, { error: 'flow' }],
  ])('answers %s with %i', async (url, status, body) => {
    const app = await openConsole(world);
    const reply = await app.inject(GET(`${base}${url}`));
    expect([reply.statusCode, reply.json()]).toMatchObject([status, body]);
  });

  it('has its page from its folder, with and without the slash', async () => {
    const app = await openConsole(world);
    const [bare, page] = [await app.inject(`${base}/console`), await app.inject(`${base}/console/`)];
    expect([bare.statusCode, page.statusCode, page.headers['content-type']]).toEqual([
      expect.any(Number),
      200,
      expect.stringContaining('text/html'),
    ]);
  });
});

it('is refused where no server was registered before', async () => {
  const app = Fastify();
  await expect(app.register(hookswitchConsole)).rejects.toMatchObject({ code: 'FST_ERR_PLUGIN_NOT_PRESENT_IN_INSTANCE' });
});

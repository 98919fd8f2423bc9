import { createServer } from 'node:net';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { DevProject } from './console/support/dev.ts';
import { shop } from './console/support/shop.ts';

/** A flow that calls itself something else: its file is there, the name is not. */
const OTHER = shop().replace("name: 'shop'", "name: 'store'");

describe('hookswitch dev', () => {
  let dev: DevProject;
  beforeAll(async () => {
    dev = new DevProject({ 'flows/shop.ts': shop() });
    await dev.serve();
  });
  afterAll(() => dev.close());

  /** What the caller of the first number hears first, asked for by a webhook. */
  async function heard(sessionId: string): Promise<string> {
    const payload = {
      eventId: 'e',
      sessionId,
      callId: 'c',
      subAccountId: 'simulated',
      callStatus: 'CALL_RECEIVED',
      callDirection: 'INBOUND',
      source: '+6591178965',
      destination: '+6560000001',
    };
    const body = JSON.stringify({ namespace: 'VOICE', eventType: 'CALL_ACTION', payload });
    const answer = await fetch(dev.page.replace('/console/', '/webhooks/vca'), { method: 'POST', body });
    return JSON.stringify(await answer.json());
  }

  const post = (path: string, body: unknown): Promise<Response> =>
    fetch(`${dev.page}api/${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

  /** Runs a second one beside the first, which must not be bothered. */
  async function beside(files: Record<string, string>, ...args: readonly string[]): Promise<[number | null, string]> {
    const other = new DevProject(files);
    onTestFinished(() => other.close());
    const { code, output } = await other.fails(...args);
    return [code, output];
  }

  it('answers webhooks to the number that it gave a flow', async () => {
    expect(await heard('session-1')).toContain('Welcome to the shop.');
  });

  it('says which flows there are when another one is called', async () => {
    const order = { flow: 'shpo', from: null, to: '+6560000001', direction: 'inbound' };
    const answer = await post('phone/calls', order);
    expect([answer.status, await answer.json()]).toEqual([
      409,
      expect.objectContaining({ message: 'There is no flow "shpo". Did you mean "shop"? There are: shop.' }),
    ]);
  });

  it('keeps serving while a second one finds its port taken', async () => {
    const [code, output] = await beside({ 'flows/shop.ts': shop() }, '--port', String(dev.port));
    expect([code, output]).toEqual([
      3,
      expect.stringMatching(/^hookswitch: Can't listen on 127\.0\.0\.1, port \d+: it is taken .*\n.*HS_LISTEN/),
    ]);
    expect(await heard('session-2')).toContain('Welcome to the shop.');
  });

  it.each([
    ['there is no such folder', {}, ['nowhere/'], /^hookswitch: nowhere\/: there is no such file or folder\. .*\n/],
    ['the port is none', { 'flows/shop.ts': shop() }, ['--port', 'x'], /port/],
  ])('ends with 2 and a sentence where %s', async (_what, files, args, sentence) => {
    expect(await beside(files, ...args)).toEqual([2, expect.stringMatching(sentence)]);
  });

  it('names the host that it can not have', async () => {
    const [code, output] = await beside({ 'flows/shop.ts': shop() }, '--port', '0', '--host', '192.0.2.1');
    expect([code, output]).toEqual([3, expect.stringContaining('192.0.2.1')]);
  });

  it('waits for a first flow, and serves it when it is saved', async () => {
    const empty = new DevProject({ 'flows/shop.ts': 'export const nothing = 1;\n' });
    onTestFinished(() => empty.close());
    await empty.opens();
    await empty.says(/exports no flow.*\n.*Nothing is served yet/, 0);
    empty.save('flows/shop.ts', OTHER);
    await empty.says(/Serving store/, 0);
  });

  it('ends with 0 when it is told to', async () => {
    const taken = dev.port;
    expect(await dev.end()).toBe(0);
    const next = createServer().listen(taken, '127.0.0.1');
    await once(next, 'listening');
    next.close();
  });
});

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type RunningServer, startServer } from '@hookswitch/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import hello from '../examples/hello/hello.ts';

const ROOT = new URL('..', import.meta.url);
const README = readFileSync(new URL('README.md', ROOT), 'utf8');

/** The curl commands of the README, and the answers that it shows; `test/docs.test.ts` runs its flow and the flow's test. */
const commands = [
  ...README.matchAll(/^\$ curl -s http:\/\/127\.0\.0\.1:3000(\S+) -H 'content-type: (\S+)' -d @(\S+)\n([^$]*?)(?=^\$|^```)/gm),
].map(([, path = '', type = '', file = '', answer = '']) => ({ path, type, file, answer }));

describe('the call by curl in the README', () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await startServer({ flows: [hello], store: 'memory', allowUnverified: true, port: 0, logLevel: 'silent' });
  });
  afterAll(() => server.close());

  const send = async ({ path, type, file }: (typeof commands)[number]): Promise<string> => {
    const body = readFileSync(new URL(file, ROOT), 'utf8');
    const reply = await fetch(`${server.url}${path}`, { method: 'POST', headers: { 'content-type': type }, body });
    return await reply.text();
  };

  it('is a call that comes in, a key, and the end', () => {
    expect(commands.map(({ path }) => path)).toEqual(['/webhooks/vca', '/webhooks/vca', '/webhooks/vss']);
    expect(README.match(/^\$ curl/gm)).toHaveLength(commands.length);
  });

  it('is answered as it says, and the same again when it is sent twice', async () => {
    for (const command of commands) {
      const first = await send(command);
      expect(JSON.parse(first)).toEqual(JSON.parse(command.answer));
      expect(await send(command)).toBe(first);
    }
  });

  it('is made of the samples that 8x8 publishes, with the ids of one call and without their date', () => {
    const sample = JSON.parse(readFileSync(new URL('packages/runtime/fixtures/webhooks/vca-call-received.json', ROOT), 'utf8')) as {
      readonly payload: Readonly<Record<string, unknown>>;
    };
    const { timestamp: _long, ...payload } = sample.payload;
    expect(JSON.parse(readFileSync(new URL(commands[0]?.file ?? '', ROOT), 'utf8'))).toEqual({ ...sample, payload });
  });
});

it('every file that the README links to is there', () => {
  const links = [...README.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, path = '']) => path);
  for (const link of links) expect(() => readFileSync(fileURLToPath(new URL(link, ROOT)))).not.toThrow(/ENOENT/);
});

import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Fastify, { type FastifyRequest } from 'fastify';
import { onTestFinished } from 'vitest';
import type { ExitCode } from './exit-codes.ts';
import { run } from './run.ts';

/** When commands of tests are run. */
export const NOW = Date.UTC(2026, 10, 23, 9);

/** What a command printed, and what it exited with. */
export interface Ran {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
}

/** The world of a command in a test. */
export interface World {
  readonly cwd?: string;
  readonly env?: Record<string, string | undefined>;
  readonly isTTY?: boolean;
  readonly stop?: AbortSignal;
  /** Hears what is printed as it comes. */
  readonly onErr?: (text: string) => void;
}

/** Runs a command line in this process, as a user would in `cwd`. */
export async function hookswitch(
  args: readonly string[],
  { cwd = tmpdir(), env = {}, isTTY = false, stop, onErr }: World = {},
): Promise<Ran> {
  const printed = { out: '', err: '' };
  const code = await run(args, {
    out: { write: (text) => (printed.out += text), isTTY },
    err: {
      write: (text) => {
        printed.err += text;
        onErr?.(text);
      },
      isTTY,
    },
    env,
    cwd,
    now: () => NOW,
    importModule: (url) => import(/* @vite-ignore */ url) as Promise<Readonly<Record<string, unknown>>>,
    stop: stop ?? AbortSignal.abort(),
  });
  return { code, ...printed };
}

/** A folder with files, gone after the test. */
export function project(files: Readonly<Record<string, string>> = {}): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'hookswitch-cli-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** The source of a flow that asks for one key. */
export function flowSource(name: string, { version = '1', id = 'key', prompt = 'Press a key.', after = '' } = {}): string {
  return `import { capture, defineFlow, say } from '@hookswitch/dsl';
export default defineFlow({ name: '${name}', version: '${version}', voice: 'en-US-BenjaminRUS' }, function* () {
  const key = yield* capture('${prompt}', { id: '${id}', maxDigits: 1, completeOnHash: false });
  yield say('You pressed ' + key + '.');
  ${after}
});
`;
}

/** A server that is started by the command line, and how to end it. */
export async function started(
  args: readonly string[],
  world: World = {},
): Promise<{ readonly url: string; readonly banner: string; end(): Promise<Ran> }> {
  const stop = new AbortController();
  let said = '';
  let tell: (url: string) => void = () => undefined;
  const listening = new Promise<string>((resolve) => (tell = resolve));
  const ended = hookswitch(['start', '--port', '0', '--log-level', 'silent', ...args], {
    ...world,
    // Another process would load all of it again.
    env: { HOOKSWITCH_CHECK_AT_START: 'false', ...world.env },
    stop: stop.signal,
    onErr: (text) => {
      said += text;
      const url = /listens on (http:\S+)/.exec(said)?.[1];
      if (url !== undefined) tell(url);
    },
  });
  const end = (): Promise<Ran> => {
    stop.abort();
    return ended;
  };
  onTestFinished(async () => void (await end()));
  const url = await Promise.race([listening, ended.then(({ err }) => Promise.reject(new Error(`start ended: ${err}`)))]);
  return { url, banner: said, end };
}

/** What arrived at the platform of a test. */
export interface Arrived {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

/** An 8x8 REST API on loopback that answers what it is told to: `'GET webhooks': { … }`; a number is an HTTP status. */
export async function platform(
  answers: Readonly<Record<string, unknown>>,
): Promise<{ readonly url: string; readonly arrived: Arrived[]; readonly env: Record<string, string> }> {
  const arrived: Arrived[] = [];
  const app = Fastify();
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  app.all('/*', async (request: FastifyRequest, reply) => {
    const path = request.url.replace(/^.*\/subaccounts\/[^/]+\//, '');
    const body: unknown = typeof request.body === 'string' && request.body !== '' ? JSON.parse(request.body) : null;
    arrived.push({ method: request.method, path, body });
    const answer = answers[`${request.method} ${path}`] ?? 404;
    if (typeof answer === 'function') return (answer as (body: unknown) => unknown)(body);
    return typeof answer === 'number' ? reply.code(answer).send({ statusCode: -9999, statusMessage: 'no' }) : answer;
  });
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  onTestFinished(() => app.close());
  const env = { HOOKSWITCH_PLATFORM_URL: url, HOOKSWITCH_SUBACCOUNT_ID: 'Acme_Hotel', HOOKSWITCH_API_KEY: 'k3y-S3CRET' };
  return { url, arrived, env };
}

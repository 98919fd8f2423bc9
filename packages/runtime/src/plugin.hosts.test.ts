import fastifySwagger from '@fastify/swagger';
import { capture, checkCallflow, defineFlow } from '@hookswitch/dsl';
import Fastify, { type FastifyInstance, type FastifyServerOptions } from 'fastify';
import { createJsonSchemaTransform, serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { describe, expect, it, onTestFinished } from 'vitest';
import { hookswitch } from './plugin.ts';

const flow = defineFlow({ name: 'host', voice: 'en-US-ZiraRUS' }, function* () {
  yield* capture('Press any key.', { id: 'key', maxDigits: 1 });
});

interface Host {
  readonly options?: FastifyServerOptions;
  /** What the host does with itself before the plugin is registered. */
  readonly before?: (app: FastifyInstance) => unknown;
  readonly after?: (app: FastifyInstance) => unknown;
  readonly prefix?: string;
}

const refuse = (): never => {
  throw new TypeError('the host is in the way');
};

const HOSTS: Readonly<Record<string, Host>> = {
  plain: {},
  ignoreTrailingSlash: { options: { routerOptions: { ignoreTrailingSlash: true } } },
  'ignoreTrailingSlash, as it was set before': { options: { ignoreTrailingSlash: true } as FastifyServerOptions },
  ignoreDuplicateSlashes: { options: { routerOptions: { ignoreDuplicateSlashes: true } } },
  'both kinds of slashes': { options: { routerOptions: { ignoreTrailingSlash: true, ignoreDuplicateSlashes: true } }, prefix: '/ivr' },
  'caseSensitive: false': { options: { routerOptions: { caseSensitive: false } } },
  'caseSensitive: false and slashes': { options: { routerOptions: { caseSensitive: false, ignoreTrailingSlash: true } } },
  'coerceTypes: false': { options: { ajv: { customOptions: { coerceTypes: false } } } },
  'ajv that takes no keyword it does not know, and no default': {
    options: { ajv: { customOptions: { strict: true, useDefaults: false, removeAdditional: false } } },
  },
  zod: { before: (app) => app.setValidatorCompiler(validatorCompiler).setSerializerCompiler(serializerCompiler) },
  'a validator that refuses all': { before: (app) => app.setValidatorCompiler(() => () => ({ error: new Error('refused by the host') })) },
  'a validator that can not read our schemas': { before: (app) => app.setValidatorCompiler(refuse) },
  'another serializer': { before: (app) => app.setSerializerCompiler(() => () => '"of the host"') },
  'a serializer that can not read our schemas': { before: (app) => app.setSerializerCompiler(refuse) },
  'another reply serializer': { before: (app) => app.setReplySerializer(() => '"of the host"') },
  'a schema controller of its own': {
    options: { schemaController: { compilersFactory: { buildValidator: () => refuse as never, buildSerializer: () => refuse as never } } },
  },
  'an error handler': { before: (app) => app.setErrorHandler((_error, _request, reply) => reply.code(418).send('of the host')) },
  'a handler for what is not found': { before: (app) => app.setNotFoundHandler((_request, reply) => reply.code(418).send('of the host')) },
  'an error formatter': { options: { schemaErrorFormatter: refuse } },
  'a prefix': { prefix: '/ivr' },
  'a prefix with a slash at the end': { prefix: '/ivr/' },
  'a prefix with a parameter': { prefix: '/:tenant' },
  rewriteUrl: { options: { rewriteUrl: (request) => (request.url ?? '/').replace(/^\/outside/, '') } },
  'parsers of its own': {
    before: (app) => {
      app.removeAllContentTypeParsers();
      app.addContentTypeParser(['application/json', '*'], { parseAs: 'buffer' }, (_request, _body, done) =>
        done(new Error('the host reads no bodies')),
      );
    },
  },
  'no HEAD routes': { options: { exposeHeadRoutes: false } },
  'no request log': { options: { disableRequestLogging: true } as FastifyServerOptions },
  'a small bodyLimit': { options: { bodyLimit: 16 } },
  'schemas with our names': { before: (app) => ['Call', 'Problem'].forEach(($id) => app.addSchema({ $id, type: 'string' })) },
  'a document of its own, made of zod': {
    before: async (app) => {
      await app.register(fastifySwagger, { openapi: {}, transform: createJsonSchemaTransform({}) });
    },
  },
  'hooks that wrap every object': {
    before: (app) => app.addHook('preSerialization', async (_request, _reply, payload) => ({ data: payload })),
  },
};

const TOKEN = 'a-token-that-is-long-enough';

async function host({ options = {}, before, prefix }: Host): Promise<FastifyInstance> {
  const app = Fastify(options);
  onTestFinished(() => app.close());
  await before?.(app);
  await app.register(hookswitch, {
    flows: [flow],
    store: 'memory',
    allowUnverified: true,
    apiTokens: [TOKEN],
    ...(prefix === undefined ? {} : { prefix }),
  } as never);
  await app.ready();
  return app;
}

const RECEIVED = JSON.stringify({
  eventType: 'CALL_ACTION',
  payload: {
    sessionId: 'a1d6a5e2',
    subAccountId: 'acme',
    callStatus: 'CALL_RECEIVED',
    source: '+6590000001',
    destination: '+6560000000',
    timestamp: new Date(0).toISOString(),
    callDirection: 'INBOUND',
  },
});

const GET = (url: string) => ({ method: 'GET', url, headers: { authorization: `Bearer ${TOKEN}` } }) as const;

describe.each(Object.entries(HOSTS))('in a host with %s', (_name, world) => {
  const base = (world.prefix ?? '').replace(/\/$/, '').replace(':tenant', 'acme');

  it.each(['/webhooks', '/webhooks/', '/webhooks/vca', '/webhooks/vca/', '/webhooks/VCA'])('a caller hears the flow at %s', async (url) => {
    const app = await host(world);
    for (const type of ['application/json', 'text/plain']) {
      const reply = await app.inject({ method: 'POST', url: `${base}${url}`, payload: RECEIVED, headers: { 'content-type': type } });
      expect([reply.statusCode, reply.json()]).toMatchObject([200, { callflow: [{ action: 'sayAndCapture' }] }]);
    }
  });

  it('a caller hears something where nothing can be read', async () => {
    const app = await host(world);
    const reply = await app.inject({
      method: 'POST',
      url: `${base}/webhooks/vca`,
      payload: 'no',
      headers: { 'content-type': 'text/plain' },
    });
    expect(checkCallflow(reply.json(), { via: 'vca' }).filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it.each([
    ['/health', 200, { status: 'ok' }],
    ['/ready', 200, { status: 'ready' }],
    ['/calls?limit=5', 200, { calls: [], cursor: null }],
    ['/calls?limit=no', 400, { message: expect.stringContaining('limit') as string }],
    ['/calls/none', 404, { error: 'call' }],
    ['/openapi.json', 200, { paths: { [`${base === '/acme' ? '/{tenant}' : base}/calls`]: {} } }],
    ['/console/api/info', 200, { mode: 'production' }],
    ['/console/api/calls?limit=5', 200, { calls: [], cursor: null }],
    ['/console/api/calls?limit=no', 400, { error: 'filter' }],
    ['/console/api/calls/none', 404, { error: 'call' }],
    ['/console/api/live', 200, []],
    ['/console/api/flows/host', 200, { chart: { flow: 'host' } }],
    ['/console/api/flows/none', 404, { error: 'flow' }],
  ])('%s is answered with %i', async (url, status, body) => {
    const app = await host(world);
    const reply = await app.inject(GET(`${base}${url}`));
    expect([reply.statusCode, reply.json()]).toMatchObject([status, body]);
  });

  it('a call that can not be placed is told in our words', async () => {
    const app = await host(world);
    const place = (payload: object) => app.inject({ ...GET(`${base}/calls`), method: 'POST', payload });
    const [unknown, missing] = [await place({ flow: 'host', to: '+6590000001', from: '+6560000000', flows: 1 }), await place({})];
    expect([unknown.statusCode, unknown.json()]).toMatchObject([
      400,
      { error: 'field', message: expect.stringContaining('Did you mean "flow"?') as string },
    ]);
    expect(missing.statusCode).toBe(400);
  });

  it('the document of the host can still be made', async () => {
    const app = await host(world);
    if (app.hasDecorator('swagger')) expect(app.swagger()).toMatchObject({ openapi: expect.any(String) as string });
  });

  it('the page of the console is found from its folder, with and without the slash', async () => {
    const app = await host(world);
    const [bare, page] = [await app.inject(`${base}/console`), await app.inject(`${base}/console/`)];
    expect([bare.statusCode, page.statusCode, page.headers['content-type']]).toEqual([
      expect.any(Number),
      200,
      expect.stringContaining('text/html'),
    ]);
  });
});

const SECRET = 'Bearer a-long-enough-secret';
type Failing = 'onRequest' | 'preParsing' | 'preValidation' | 'preHandler' | 'preSerialization' | 'onSend';

describe.each<Failing>(['onRequest', 'preParsing', 'preValidation', 'preHandler', 'preSerialization', 'onSend'])(
  'in a host whose %s hook fails',
  (hook) => {
    async function failing(url: string, authorization: string, body = RECEIVED) {
      const app = Fastify();
      onTestFinished(() => app.close());
      app.addHook(hook as 'onRequest', () => Promise.reject(new TypeError('a mistake of the host')));
      await app.register(hookswitch, { flows: [flow], store: 'memory', webhookSecrets: [SECRET] });
      const headers = { authorization, 'content-type': 'application/json' };
      return app.inject({ method: 'POST', url, payload: body, headers });
    }

    it('a caller hears something all the same', async () => {
      const reply = await failing('/webhooks/vca', SECRET);
      expect(reply.statusCode).toBe(200);
      expect(checkCallflow(reply.json(), { via: 'vca' }).filter(({ severity }) => severity === 'error')).toEqual([]);
    });

    it('what was answered is not lost on the way out', async () => {
      const isLate = hook === 'onSend' || hook === 'preSerialization';
      expect('clientActionId' in (await failing('/webhooks/vca', SECRET)).json<object>()).toBe(isLate);
      expect((await failing('/webhooks/vss', SECRET, '{}')).statusCode).toBe(isLate ? 200 : 503);
    });

    it('nobody else is answered', async () => {
      expect((await failing('/webhooks/vca', 'Bearer another')).body).not.toContain('callflow');
    });
  },
);

import fastifySwagger from '@fastify/swagger';
import { capture, defineFlow } from '@hookswitch/dsl';
import Fastify, { type FastifyInstance, type FastifyServerOptions } from 'fastify';
import { createJsonSchemaTransform, serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { onTestFinished } from 'vitest';
import { hookswitch } from './plugin.ts';

export const flow = defineFlow({ name: 'host', voice: 'en-US-ZiraRUS' }, function* () {
  yield* capture('Press any key.', { id: 'key', maxDigits: 1 });
});

/** A Fastify server of somebody's own. */
export interface Host {
  readonly options?: FastifyServerOptions;
  /** What the host does with itself before the plugin is registered. */
  readonly before?: (app: FastifyInstance) => unknown;
  readonly prefix?: string;
}

const refuse = (): never => {
  throw new TypeError('the host is in the way');
};

/** Hosts that could be in the way of a plugin. */
export const HOSTS: Readonly<Record<string, Host>> = {
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

/** Opens a host with the plugin in it, and whatever `extend` adds. Closed when the test is over. */
export async function openHost(
  { options = {}, before, prefix }: Host,
  extend: (app: FastifyInstance, options: { readonly prefix?: string }) => unknown = () => undefined,
): Promise<FastifyInstance> {
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
  await extend(app, prefix === undefined ? {} : { prefix });
  await app.ready();
  return app;
}

/** Asks with the host's token. */
export const GET = (url: string) => ({ method: 'GET', url, headers: { authorization: `Bearer ${TOKEN}` } }) as const;

/** Below what the routes of a host stand. */
export function baseOf({ prefix = '' }: Host): string {
  return prefix.replace(/\/$/, '').replace(':tenant', 'acme');
}

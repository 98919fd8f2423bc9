import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { CallParamsError } from '../errors/call-params-error.ts';
import { isHookswitchError } from '@hookswitch/dsl';
import { Type, type TSchema } from 'typebox';
import { RequestError } from '../errors/request-error.ts';
import { SealKeyMissingError } from '../errors/seal-key-missing-error.ts';
import { IntakeClosedError } from '../errors/intake-closed-error.ts';
import { SettingRefusedError } from '../errors/setting-refused-error.ts';
import { SignalRefusedError } from '../errors/signal-refused-error.ts';
import { StoreArgumentError } from '../errors/store-argument-error.ts';
import { checkerOf } from '../assembly/check-request.ts';

const JSON_TYPE = 'application/json; charset=utf-8';
/** Of a request to the API. */
const MAX_BYTES = 1_048_576;
const NO_QUERY = Type.Object({}, { additionalProperties: false });

/**
 * Makes a scope read requests and write answers by our own rules, whatever the host has set for its routes: validators, serializers, parsers and handlers of
 * errors are inherited otherwise, and our schemas would be read by those of zod, say.
 */
export function ownScope(scope: FastifyInstance): void {
  scope.setValidatorCompiler<TSchema>(({ schema, httpPart }) => checkerOf(schema, httpPart));
  scope.setSerializerCompiler(() => (payload) => JSON.stringify(payload));
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('application/json', { parseAs: 'string', bodyLimit: MAX_BYTES }, scope.getDefaultJsonParser('error', 'error'));
  // A document of the host's may be made by rules that can't read our schemas; ours is /openapi.json.
  scope.addHook('onRoute', (route) => {
    route.schema = { ...route.schema, hide: true };
  });
  scope.addHook('onRequest', (_request, reply, done) => {
    sendTexts(reply);
    done();
  });
  scope.setErrorHandler<FastifyError>((error, request, reply) => sendProblem(error, request, reply));
}

/** Lets the routes of a scope refuse query parameters that they don't have. */
export function strictQuery(scope: FastifyInstance): void {
  scope.addHook('onRoute', (route) => {
    if (route.schema?.querystring === undefined) route.schema = { ...route.schema, querystring: NO_QUERY };
  });
}

/** Objects leave as text, so that no serializer and no hook of the host changes what our own clients read. */
function sendTexts(reply: FastifyReply): void {
  const send = reply.send.bind(reply);
  reply.send = (payload?: unknown) => {
    const isPlain =
      typeof payload === 'object' &&
      payload !== null &&
      [Object.prototype, Array.prototype].includes(Object.getPrototypeOf(payload) as object);
    if (!isPlain) return send(payload);
    if (!reply.hasHeader('content-type')) void reply.type(JSON_TYPE);
    return send(JSON.stringify(payload));
  };
}

/** Answers a request that has failed: what was wrong with it, or that the fault is ours. */
export function sendProblem(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof RequestError) return reply.code(400).send({ error: error.part, message: error.message });
  if (isHookswitchError(error)) {
    if (error instanceof CallParamsError) return reply.code(400).send({ error: error.code, message: error.message, issues: error.issues });
    if (error instanceof SignalRefusedError) return reply.code(error.status).send({ error: error.code, message: error.message });
    if (error instanceof SettingRefusedError)
      return reply.code(error.status).send({ error: error.code, message: error.message, ...error.meanwhile });
    if (error instanceof IntakeClosedError) return reply.code(409).send({ error: error.code, message: error.message });
    if (error instanceof SealKeyMissingError) return reply.code(503).send({ error: error.code, message: error.message });
    if (error.code === 'HS_FLOW_UNKNOWN') return reply.code(404).send({ error: 'flow', message: error.message });
    if (error.code === 'HS_STORE_UNAVAILABLE') return reply.code(503).send({ error: error.code, message: error.message });
    if (error instanceof StoreArgumentError && /^list(Audit)?\./.test(error.argument))
      return reply.code(400).send({ error: 'query', message: error.message.replace(/^list(?:Audit)?\.(\w+):/, '"$1"') });
  }
  const status = error.statusCode ?? 500;
  if (status >= 500) {
    request.log.error({ err: error }, 'a request failed');
    return reply.code(500).send({ error: 'internal', message: 'Something went wrong on the server; its log says what.' });
  }
  return reply.code(status).send({ error: 'request', message: error.message });
}

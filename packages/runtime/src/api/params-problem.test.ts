import Fastify, { type FastifyError } from 'fastify';
import { expect, it } from 'vitest';
import { CallParamsError } from '../errors/call-params-error.ts';
import { sendProblem } from './own-scope.ts';

it('params that do not fit are a 400 that says where, in words and as data', async () => {
  const issues = [
    { path: ['people', 1, 'name'], message: 'missing' },
    { path: [], message: 'no age' },
  ];
  const app = Fastify();
  app.setErrorHandler<FastifyError>((error, request, reply) => sendProblem(error, request, reply));
  app.post('/', () => {
    throw new CallParamsError('reminder', issues);
  });
  const reply = await app.inject({ method: 'POST', url: '/' });
  expect(reply.statusCode).toBe(400);
  expect(reply.json()).toMatchObject({
    error: 'HS_CALL_PARAMS',
    issues,
    message: expect.stringContaining('people[1].name: missing') as string,
  });
});

import { defineFlow, say } from '@hookswitch/dsl';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../app.ts';

const TOKEN = 'a-long-enough-api-token';
const hello = defineFlow({ name: 'hello', voice: 'en-US-ZiraRUS' }, function* () {
  yield say('Hello.');
});

let app: FastifyInstance;
beforeAll(async () => {
  app = await createApp({ flows: [hello], store: 'memory', allowUnverified: true, apiTokens: [TOKEN], logLevel: 'silent' });
});
afterAll(() => app.close());

const ask = (query: string) => app.inject({ url: `/calls?${query}`, headers: { authorization: `Bearer ${TOKEN}` } });

describe('a query for calls', () => {
  it.each([
    ['a leap second', 'startedAfter=2026-12-31T23:59:60Z', 'startedAfter'],
    ['a second that no minute has', 'startedAfter=2026-01-01T00:00:60Z', 'startedAfter'],
    ['a minute that no hour has', 'startedBefore=2026-01-01T00:60:00Z', 'startedBefore'],
    ['an hour that no day has', 'startedAfter=2026-01-01T24:00:00Z', 'startedAfter'],
    ['a day that no month has', 'startedBefore=2026-02-30T00:00:00Z', 'startedBefore'],
    ['half a zone', 'startedAfter=2026-01-01T00:00:00%2B00', 'startedAfter'],
    ['no zone', 'startedAfter=2026-01-01T00:00:00', 'startedAfter'],
    ['a place in some other list', 'cursor=eyJwYWdlIjoyfQ', 'cursor'],
    ['half a place', 'cursor=1_', 'cursor'],
    ['a status that calls never have', 'status=liv', 'Did you mean "live"?'],
    ['one such status of several', 'status=live,gone', '"gone"'],
    ['a status that every object has', 'status=toString', '"toString"'],
    ['a name that is no filter', 'flwo=hello', 'Did you mean "flow"?'],
    ['a name of every object', 'constructor=1', 'constructor'],
  ])('with %s is refused in words that name it', async (_what, query, words) => {
    const answer = await ask(query);
    expect([answer.statusCode, answer.json<{ message: string }>().message]).toEqual([400, expect.stringContaining(words)]);
  });

  it.each([
    'startedAfter=2026-01-01T00:00:59Z&startedBefore=2026-02-28T23:59:59.999Z',
    'startedAfter=2026-01-01T00:00:00%2B00:00',
    'startedAfter=2028-02-29T00:00:00-12:00',
    'cursor=1_1',
    'status=live,ended&flow=hello',
  ])('that can be meant is answered: %s', async (query) => {
    const answer = await ask(query);
    expect([answer.statusCode, answer.json()]).toEqual([200, { calls: [], cursor: null }]);
  });
});

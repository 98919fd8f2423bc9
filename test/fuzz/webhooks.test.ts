import { describe, expect, it } from 'vitest';
import { fuzzWebhooks } from './webhooks.ts';

describe('a server in a storm of mutated webhooks', () => {
  it('gives a VCA nothing but 200 with a callflow that obeys the rules, and those who do not know the secret 401', async () => {
    const { webhooks, calls, statuses, fallbacks, logLines } = await fuzzWebhooks({ seed: 1, webhooks: 600 });
    expect(webhooks).toBeGreaterThanOrEqual(600);
    expect(Object.keys(statuses).sort()).toEqual(['200', '401', '404']);
    expect(Object.keys(fallbacks)).toEqual(expect.arrayContaining(['bad-request', 'unknown-session', 'lost-turn']));
    expect(calls).toBeGreaterThan(20);
    expect(logLines).toBeGreaterThan(webhooks / 3);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});

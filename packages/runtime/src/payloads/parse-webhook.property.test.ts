import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bridgeResultOf } from './bridge-result.ts';
import { WEBHOOK_KINDS } from './kinds.ts';
import { type ParsedWebhook, parseWebhook } from './parse-webhook.ts';
import { mutatedSample } from './samples.test-support.ts';

const kindFromPath = fc.constantFrom(null, ...WEBHOOK_KINDS);
const REASONS = ['not-an-object', 'unknown-kind', 'missing-field', 'unreadable'];

/** Throws where a result is not one of those that are promised. */
function checkClassified(result: ParsedWebhook, body: unknown): void {
  if (!result.ok) {
    expect(REASONS).toContain(result.reason);
    expect(result.missing.length > 0).toBe(result.reason === 'missing-field');
    return;
  }
  const { webhook } = result;
  expect(WEBHOOK_KINDS).toContain(webhook.kind);
  expect(Object.is(webhook.raw, body)).toBe(true);
  if (webhook.kind === 'vca' || webhook.kind === 'vcs') {
    expect(webhook.sessionId).toMatch(/^.{1,256}$/u);
    if (webhook.dtmf.digits !== null) expect(webhook.dtmf.digits).toMatch(/^[0-9*#A-D]{0,64}$/);
    if (webhook.sipCode !== null) expect(webhook.sipCode >= 100 && webhook.sipCode < 700).toBe(true);
  }
  if (webhook.kind === 'vca' || webhook.kind === 'vss') {
    const bridge = bridgeResultOf(webhook, 'first-leg');
    if (bridge !== undefined) expect(bridge.outcome).toMatch(/^(answered|busy|no-answer|declined|failed|unknown)$/);
  }
}

describe('parseWebhook', () => {
  it('classifies every mutation of the published samples', () => {
    fc.assert(
      fc.property(mutatedSample, kindFromPath, (body, kind) => checkClassified(parseWebhook(body, kind), body)),
      { numRuns: 3_000 },
    );
  });

  it('classifies anything at all', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true, withMap: true }), kindFromPath, (body, kind) =>
        checkClassified(parseWebhook(body, kind), body),
      ),
    );
  });

  it('classifies any text', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), kindFromPath, (body, kind) => checkClassified(parseWebhook(body, kind), body)));
  });

  it('never changes what it reads', () => {
    fc.assert(
      fc.property(mutatedSample, (body) => {
        const before = structuredClone(body);
        parseWebhook(body, null);
        expect(body).toEqual(before);
      }),
    );
  });

  it('is not led astray by depth', () => {
    const deep: unknown = JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`);
    expect(parseWebhook({ sessionId: 's', subAccountId: 'a', eventData: deep, extra: deep }, 'vca')).toMatchObject({
      ok: true,
      webhook: { dtmf: { digits: null } },
    });
  });
});

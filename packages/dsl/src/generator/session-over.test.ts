import { describe, expect, it } from 'vitest';
import { sampleCall } from '../chart/sample-calls.ts';
import { capture } from '../effects/capture.ts';
import { defineFlow } from '../effects/define-flow.ts';
import type { Flow } from '../effects/effect.ts';
import { step } from '../effects/step.ts';
import { begin } from './replay.ts';

function* renting(): Flow {
  try {
    yield* capture('?', { id: 'q' });
  } finally {
    yield* step('release', () => 1);
    yield* step('tell', () => 1);
  }
}

const RENTAL = { name: 'rental', voice: 'en-US-ZiraRUS' };

/** The sites that a call goes through when it ends at its first wait. */
function sitesAfterEnd(flow: Parameters<typeof begin>[0]): string[] {
  const standing = begin(flow, sampleCall(flow.options));
  let decision = standing.run.answer({ site: standing.decision.site, at: 1, ended: true });
  const sites = [decision.site];
  while (decision.wait === 'step') sites.push((decision = standing.run.answer({ site: decision.site, at: 2, value: 1 })).site);
  return sites;
}

describe('the end of a session', () => {
  it('runs all steps of a finally block, and nothing after the helper that holds it', () => {
    const flow = defineFlow(RENTAL, function* () {
      yield* renting();
      yield* step('charge-card', () => 1);
    });
    expect(sitesAfterEnd(flow)).toEqual(['release', 'tell', 'closed']);
  });

  it('runs the finally blocks around it too, innermost first', () => {
    const flow = defineFlow(RENTAL, function* () {
      try {
        yield* renting();
      } finally {
        yield* step('goodbye', () => 1);
      }
    });
    expect(sitesAfterEnd(flow)).toEqual(['release', 'tell', 'goodbye', 'closed']);
  });

  it('does not reach a catch where no finally block waits', () => {
    const caught: unknown[] = [];
    const flow = defineFlow(RENTAL, function* () {
      try {
        yield* capture('?', { id: 'q' });
      } catch (error) {
        caught.push(error);
      }
    });
    expect(sitesAfterEnd(flow)).toEqual(['closed']);
    expect(caught).toEqual([]);
  });

  it('bounds what tidies up, and names the site of a loop there', () => {
    const flow = defineFlow({ ...RENTAL, limits: { journalEntries: 5 } }, function* () {
      try {
        yield* capture('?', { id: 'q' });
      } finally {
        for (;;) yield* step('release', () => 1);
      }
    });
    const standing = begin(flow, sampleCall(flow.options));
    let decision = standing.run.answer({ site: 'q', at: 1, ended: true });
    for (let steps = 0; decision.wait === 'step' && steps < 20; steps++)
      decision = standing.run.answer({ site: decision.site, at: 2, value: 1 });
    expect(decision).toMatchObject({ wait: 'closed', error: { code: 'HS_FLOW_RUNAWAY', limit: 'journalEntries', site: 'release' } });
  });

  it('lets a flow tidy up that ran away while the caller was there', () => {
    const flow = defineFlow({ ...RENTAL, limits: { journalEntries: 1 } }, function* () {
      try {
        for (let round = 0; ; round++) yield* capture('?', { id: 'q' });
      } finally {
        yield* step('release', () => 1);
      }
    });
    const standing = begin(flow, sampleCall(flow.options));
    for (let round = 1; round <= 2; round++) standing.run.answer({ site: 'q', at: round, value: '1' });
    expect(standing.run.answer({ site: 'failed', at: 3, ended: true })).toMatchObject({ wait: 'step', site: 'release' });
  });
});

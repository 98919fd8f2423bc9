import { describe, expect, it } from 'vitest';
import { capture } from '../../effects/capture.ts';
import { say } from '../../effects/say.ts';
import { tags } from '../../effects/tags.ts';
import { defineFlow } from '../../flow/define-flow.ts';
import { menu } from '../../questions/menu/menu.ts';
import { verify } from '../verify.ts';

const labels = tags({ reason: ['billing', 'agent'], amount: 'number', plan: 'text' });
const options = { name: 'tagged', voice: 'en-US-ZiraRUS', tags: labels };

describe('verify', () => {
  it('names the tags that no path sets, at the line of the flow', () => {
    const flow = defineFlow(options, function* () {
      const topic = yield* menu('?', { 1: 'billing', 2: 'agent' }, { id: 'main', otherwise: 'agent' });
      if (topic === 'billing') yield labels.set({ reason: topic });
      yield say('Bye.');
    });
    const [problem, ...others] = verify(flow).problems;
    expect(others).toEqual([]);
    expect(problem).toMatchObject({
      code: 'HS_VERIFY_TAG_UNSET',
      severity: 'warning',
      source: expect.stringContaining('tags.test.ts') as string,
    });
    expect(problem?.message).toContain('the tags "amount", "plan", which no path sets');
  });

  it('says nothing where each is set on some path, or where not all was explored', () => {
    const all = defineFlow(options, function* () {
      if ((yield* menu('?', { 1: true }, { id: 'main', otherwise: false })) === true) yield labels.set({ reason: 'agent', plan: 'a' });
      else yield labels.set({ amount: 1 });
      yield say('Bye.');
    });
    expect(verify(all).problems).toEqual([]);
    const deep = defineFlow(options, function* () {
      for (let left = 5; left > 0; left--) yield* capture(`${left}?`, { id: `q${left}`, maxDigits: 1 });
    });
    expect(verify(deep, { maxDepth: 2 }).problems.map(({ code }) => code)).not.toContain('HS_VERIFY_TAG_UNSET');
  });

  it('finds tags and results that are others on a replay', () => {
    const clock = defineFlow(options, function* () {
      yield labels.set({ reason: 'agent', plan: 'a', amount: Date.now() });
      yield* capture('?', { id: 'main', maxDigits: 1 });
    });
    expect(verify(clock).problems[0]).toMatchObject({ code: 'HS_VERIFY_REPLAY' });
  });

  it('names a result that is none, once, with its way', () => {
    const flow = defineFlow({ name: 'dated', voice: 'v' }, function* () {
      yield* capture('?', { id: 'main', maxDigits: 1 });
      return { at: new Date(0) } as never;
    });
    expect(verify(flow).problems.map(({ code, site, severity }) => ({ code, site, severity }))).toEqual([
      { code: 'HS_VERIFY_RESULT', site: 'main', severity: 'error' },
    ]);
  });
});

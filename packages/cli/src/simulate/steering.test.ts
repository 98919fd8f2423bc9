import { defineFlow, explore, menu, step } from '@hookswitch/dsl';
import { describe, expect, it } from 'vitest';
import { Steering } from './steering.ts';

const flow = defineFlow({ name: 'maze', voice: 'en-US-BenjaminRUS' }, function* () {
  if ((yield* menu('One or two.', { 1: 'in', 2: 'out' }, { id: 'door', otherwise: 'out' })) === 'out') return;
  yield* step('open', () => 1, { examples: { open: 1 }, onError: () => 0 });
  yield* menu('One.', { 1: 'on' }, { id: 'room', otherwise: 'on' });
});

describe('the ways of a chart', () => {
  const steering = new Steering(explore(flow));

  it('are as long as the answers and outcomes on them', () => {
    expect(['door', 'open', 'room', 'ended'].map((site) => steering.distance(site, 'room'))).toEqual([2, 1, 0, Number.POSITIVE_INFINITY]);
  });

  it('lead to all places where somebody is listened to', () => {
    expect(steering.targets).toEqual(['door', 'room']);
  });
});

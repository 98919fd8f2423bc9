import { capture, defineFlow, log, step } from '@hookswitch/dsl';
import { expect, it } from 'vitest';
import { World } from './calls.test-support.ts';

const logging = defineFlow({ name: 'logging', voice: 'en-US-ZiraRUS' }, function* () {
  try {
    yield log('began');
    yield* capture('Go?', { id: 'go', maxDigits: 1 });
    yield log('before the step');
    yield* step('work', () => 1);
    yield log('after the step');
    yield* capture('More?', { id: 'more', maxDigits: 1 });
  } finally {
    yield* log('tidied up');
  }
});

it('keeps each line that a flow logs once: at its start, before a step, after it, and in its finally', async () => {
  const world = await World.open([logging]);
  await world.received();
  await world.completed('1');
  world.restart();
  await world.over();
  const lines = ['began', 'before the step', 'after the step', 'tidied up'];
  expect(world.told.filter((line) => line.startsWith('log:'))).toEqual(lines.map((line) => `log:${line}`));
  const timeline = await world.store.timeline('call-1');
  expect(timeline.filter(({ kind }) => kind === 'log').map(({ data }) => (JSON.parse(data) as { message: string }).message)).toEqual(lines);
});

import { describe, expect, it } from 'vitest';
import { inWorld } from './other-world.ts';

const WORLD = { now: Date.UTC(2031, 9, 15), chance: 0.25 };

describe('another world', () => {
  it('has a clock that stands still, and only that', () => {
    const seen = inWorld(WORLD, () => [
      Date.now(),
      new Date().getTime(),
      new Date(5).getTime(),
      Date.UTC(1970, 0),
      new Date() instanceof Date,
    ]);
    expect(seen).toEqual([WORLD.now, WORLD.now, 5, 0, true]);
  });

  it('draws the same numbers each time', () => {
    const draw = () => inWorld(WORLD, () => [Math.random(), Math.random(), Math.random()]);
    expect(draw()).toEqual(draw());
    expect(draw()[0]).toBe(0.25);
  });

  it('is left again, also by an exception', () => {
    const before = [Date, Math.random];
    const fail = () => {
      throw new TypeError('inside');
    };
    expect(() => inWorld(WORLD, fail)).toThrow('inside');
    expect([Date, Math.random]).toEqual(before);
  });
});

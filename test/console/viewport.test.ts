import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bring, fit, pan, READABLE, reveal, type View, zoom } from '../../packages/console/page/src/lib/viewport.ts';

const size = fc.record({ width: fc.integer({ min: 1, max: 20_000 }), height: fc.integer({ min: 1, max: 20_000 }) });
const view: fc.Arbitrary<View> = fc.record({
  x: fc.integer({ min: -20_000, max: 20_000 }),
  y: fc.integer({ min: -20_000, max: 20_000 }),
  scale: fc.double({ min: 0.001, max: 10, noNaN: true }),
});
const part = fc.double({ min: 0, max: 1, noNaN: true });

describe('the view of a diagram', () => {
  it('never becomes larger by zooming out, nor smaller by zooming in, whatever it was', () => {
    fc.assert(
      fc.property(view, size, size, fc.double({ min: 0.01, max: 100, noNaN: true }), (seen, frame, diagram, factor) => {
        const { scale } = zoom(seen, frame, diagram, factor);
        if (factor < 1) expect(scale).toBeLessThanOrEqual(seen.scale);
        else expect(scale).toBeGreaterThanOrEqual(seen.scale);
      }),
    );
  });

  it('keeps the point under the pointer where it is', () => {
    fc.assert(
      fc.property(view, size, size, part, part, (seen, frame, diagram, x, y) => {
        const next = zoom(seen, frame, diagram, 1.25, { x, y });
        const under = (one: View): number => one.x + (frame.width * x) / one.scale;
        expect(Math.abs(under(next) - under(seen))).toBeLessThan(0.01 * Math.max(1, Math.abs(under(seen))));
        expect(y).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('has all of a diagram in sight when all is asked for, and is readable when it is not', () => {
    fc.assert(
      fc.property(size, size, (diagram, frame) => {
        const whole = fit(diagram, frame, true);
        expect(diagram.width * whole.scale).toBeLessThanOrEqual(frame.width + 0.01);
        expect(diagram.height * whole.scale).toBeLessThanOrEqual(frame.height + 0.01);
        expect(fit(diagram, frame).scale).toBeGreaterThanOrEqual(READABLE);
      }),
    );
  });

  it('brings a site to the middle, in a size that can be read', () => {
    fc.assert(
      fc.property(view, size, fc.integer({ min: 0, max: 9_000 }), (seen, frame, x) => {
        const box = { x, y: 40, width: 216, height: 78 };
        const next = bring(seen, frame, box);
        expect(next.scale).toBeGreaterThanOrEqual(READABLE);
        expect(next.x + frame.width / next.scale / 2).toBeCloseTo(x + 108, 3);
      }),
    );
  });

  it('moves no more than is needed to see a site', () => {
    const frame = { width: 800, height: 600 };
    const seen = { x: 0, y: 0, scale: 1 };
    expect(reveal(seen, frame, { x: 300, y: 200, width: 216, height: 78 }, 84)).toBeNull();
    expect(reveal(seen, frame, { x: 1_000, y: 200, width: 200, height: 78 }, 84)).toEqual({ x: 484, y: 0, scale: 1 });
  });

  it('never loses a diagram by moving it', () => {
    fc.assert(
      fc.property(size, size, fc.integer({ min: -1e6, max: 1e6 }), (diagram, frame, by) => {
        const { x } = pan({ x: 0, y: 0, scale: 1 }, frame, diagram, by, 0);
        expect(x).toBeLessThan(diagram.width);
        expect(x + frame.width).toBeGreaterThan(0);
      }),
    );
  });
});

import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { authorLine, callerLine } from './source-line.ts';

const PACKAGE = fileURLToPath(new URL('../..', import.meta.url));
const stack = (...frames: readonly string[]) => ['Error: trace', ...frames.map((frame) => `    at ${frame}`)].join('\n');

describe("the author's line", () => {
  it('is the first one outside of the framework', () => {
    expect(callerLine()).toMatch(/source-line\.test\.ts:\d+:\d+$/);
  });

  it.each([`${PACKAGE}src/effects/say.ts`, `file://${PACKAGE}src/effects/say.ts`])(
    'is found behind frames of the framework: %#',
    (frame) => {
      expect(authorLine(stack(`say (${frame}:9:9)`, 'support (/home/ann/flows/support.ts:3:5)'))).toBe('/home/ann/flows/support.ts:3:5');
    },
  );

  it('is found in an anonymous function, and behind frames of Node.js', () => {
    expect(authorLine(stack('node:internal/process/task_queues:95:5', 'file:///home/ann/flow.js:1:2'))).toBe('/home/ann/flow.js:1:2');
  });

  it("is none below the driver, where the author's generator was pulled", () => {
    const driver = `Frames.pull (${PACKAGE}src/generator/frames.ts:40:18)`;
    expect(authorLine(stack(driver, 'serve (/home/ann/server.ts:8:1)'))).toBeNull();
    expect(authorLine(undefined)).toBeNull();
  });
});

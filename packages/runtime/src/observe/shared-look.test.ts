import { describe, expect, it } from 'vitest';
import { ManualClock } from '../clock.test-support.ts';
import { sharedLook } from './shared-look.ts';

/** A look that is counted, and settles when the test says so. */
function counted() {
  const looks: { resolve: (value: string) => void; reject: (error: Error) => void }[] = [];
  const clock = new ManualClock();
  const ask = sharedLook(clock, () => new Promise<string>((resolve, reject) => looks.push({ resolve, reject })));
  return { looks, clock, ask };
}

describe('a shared look', () => {
  it('is one for all who ask while it is under way, however long it takes', async () => {
    const { looks, clock, ask } = counted();
    const answers = [ask(), ask()];
    await clock.advance(60_000);
    answers.push(ask());
    looks[0]?.resolve('fine');
    expect(await Promise.all(answers)).toEqual(['fine', 'fine', 'fine']);
    expect(looks).toHaveLength(1);
  });

  it('is kept for a second after it has found something', async () => {
    const { looks, clock, ask } = counted();
    void ask();
    looks[0]?.resolve('fine');
    await clock.advance(999);
    expect(await ask()).toBe('fine');
    await clock.advance(1);
    void ask();
    expect(looks).toHaveLength(2);
  });

  it('is kept for a second when it has failed, too', async () => {
    const { looks, clock, ask } = counted();
    const first = ask();
    looks[0]?.reject(new TypeError('gone'));
    await expect(first).rejects.toThrow('gone');
    await clock.advance(999);
    await expect(ask()).rejects.toThrow('gone');
    expect(looks).toHaveLength(1);
  });

  it('is made again when the clock was set back', async () => {
    const { looks, clock, ask } = counted();
    void ask();
    looks[0]?.resolve('fine');
    await clock.advance(0);
    clock.now = () => 0;
    void ask();
    expect(looks).toHaveLength(2);
  });
});

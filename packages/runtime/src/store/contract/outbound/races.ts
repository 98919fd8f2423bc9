import { expect, it } from 'vitest';
import { HOUR, NOON } from '../call.ts';
import { aClaim, aDial, anEnd, begin, keysOf, recipientsOf, somebody, type TheOutbound } from './campaign.ts';

/** What holds however much happens at once. */
export function describeOutboundRaces(outbound: TheOutbound): void {
  const names = (count: number): string[] => Array.from({ length: count }, (_, index) => `n${index}`);

  it('claims each recipient once, and never more than there are slots', async () => {
    await begin(outbound(), names(60), {}, 5);
    const attempts = new Set<string>();
    let most = 0;
    const work = async (worker: string): Promise<void> => {
      for (let idle = 0; idle < 20;) {
        const claimed = await outbound().claim(aClaim({ worker, most: 3 }), NOON);
        idle = claimed.length === 0 ? idle + 1 : 0;
        const [lane] = await outbound().lanes();
        most = Math.max(most, lane?.open ?? 0);
        for (const { attempt } of claimed) {
          expect(attempts.has(attempt)).toBe(false);
          attempts.add(attempt);
          await outbound().end(anEnd(attempt), NOON);
        }
      }
    };
    await Promise.all(names(6).map(work));
    expect([attempts.size, most <= 5]).toEqual([60, true]);
  });

  it('dials and ends an attempt once, whoever asks how often', async () => {
    await begin(outbound(), ['ann']);
    const [{ attempt = '' } = {}] = await outbound().claim(aClaim(), NOON);
    const dials = await Promise.all(names(8).map(() => outbound().dial(aDial(attempt), NOON)));
    expect(dials.map(({ verdict }) => verdict).sort()).toEqual([...Array<string>(7).fill('gone'), 'granted']);
    const ends = await Promise.all(names(8).map(() => outbound().end(anEnd(attempt), NOON)));
    expect([...ends].sort()).toEqual(['ended', ...Array<string>(7).fill('known')]);
    expect((await recipientsOf(outbound()))['ann']).toMatchObject({ dials: 1 });
  });

  it('grants one of many calls to a person', async () => {
    await begin(outbound(), []);
    const attempts: string[] = [];
    for (const id of names(6)) {
      await begin(outbound(), [somebody('ann')], { id });
      attempts.push(...(await outbound().claim(aClaim({ campaign: id }), NOON)).map(({ attempt }) => attempt));
    }
    const dials = await Promise.all(attempts.map((attempt) => outbound().dial(aDial(attempt), NOON)));
    expect(dials.map(({ verdict }) => verdict).sort()).toEqual([...Array<string>(5).fill('busy'), 'granted']);
  });

  it.each([
    [
      'a suppression',
      () =>
        outbound().suppress(
          names(20).map((person) => ({ person, scope: '*' })),
          NOON,
        ),
    ],
    ['a pause', () => outbound().changeCampaign('spring', { status: 'paused' })],
  ])('grants nothing any more once %s has returned', async (_, stop) => {
    await begin(outbound(), names(20));
    const claimed = await outbound().claim(aClaim(), NOON);
    let isStopped = false;
    const dials = claimed.map(async ({ attempt }) => {
      await new Promise((resolve) => setImmediate(resolve));
      const began = isStopped;
      return began && (await outbound().dial(aDial(attempt), NOON)).verdict === 'granted';
    });
    const stopping = stop().then(() => {
      isStopped = true;
    });
    await Promise.all([...dials, stopping]);
    const rest = await Promise.all(claimed.map(({ attempt }) => outbound().dial(aDial(attempt), NOON)));
    expect((await Promise.all(dials)).filter(Boolean)).toEqual([]);
    expect(rest.filter(({ verdict }) => verdict === 'granted')).toEqual([]);
  });

  it('adds each recipient once, however often a file is imported', async () => {
    await begin(outbound(), []);
    const rows = names(200).map((name) => somebody(name));
    const added = await Promise.all(
      [rows, rows.toReversed(), rows.slice(50), rows].map((some) => outbound().addRecipients('spring', some)),
    );
    expect(added.reduce((sum, count) => sum + count)).toBe(200);
    await outbound().setWindow('spring', 'UTC', { opensAt: NOON, closesAt: NOON + HOUR });
    expect(keysOf(await outbound().claim(aClaim({ most: 500, ahead: 500 }), NOON))).toHaveLength(100);
  });

  it('never gives a permit twice', async () => {
    await begin(outbound(), [], { perSecond: 1_000 });
    await outbound().putLane({ id: 'lane', slots: 1, perSecond: 1_000 });
    const taken = await Promise.all(
      names(20).map(() => outbound().pace({ lane: 'lane', campaign: 'spring', most: 7, horizon: 200 }, NOON)),
    );
    const times = taken.flatMap(({ at, step, count }) => Array.from({ length: count }, (_, index) => at + index * step));
    const sorted = times.toSorted((a, b) => a - b);
    expect(sorted).toHaveLength(140);
    expect(sorted.every((time, index) => index === 0 || time - (sorted[index - 1] ?? 0) >= 1_000)).toBe(true);
  });
}

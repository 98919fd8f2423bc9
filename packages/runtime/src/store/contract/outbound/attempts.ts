import { expect, it } from 'vitest';
import { DAY, HOUR, MINUTE, NOON } from '../call.ts';
import { aClaim, aDial, anEnd, begin, dialOne, keysOf, recipientsOf, somebody, type TheOutbound } from './campaign.ts';

/** Who is claimed, whether they may be dialled, and what their end changes. */
export function describeAttempts(outbound: TheOutbound): void {
  const claim = async (changes = {}, now = NOON) => outbound().claim(aClaim(changes), now);

  it('claims those who are due, by rank and time, each once', async () => {
    await begin(outbound(), ['c', somebody('late', { dueAt: NOON + 1 }), somebody('a', { dueAt: NOON - 2 * HOUR }), 'd']);
    const [first] = await claim({ most: 1 });
    expect(first).toMatchObject({ recipient: { key: 'a', state: 'calling', attempts: 1, params: '{"name":"a"}' } });
    expect(first?.attempt).toBe(`spring.${first?.recipient.number}.1`);
    await outbound().end(anEnd(first?.attempt ?? '', { next: { at: NOON - 1, rank: 0 } }), NOON);
    expect(keysOf(await claim()).slice(0, 1)).toEqual(['a']);
    expect(keysOf(await claim())).toEqual([]);
    expect(keysOf(await claim({}, NOON + 1))).toEqual(['late']);
  });

  it.each([
    ['slots of the lane', 2, {}, {}, 2],
    ['slots of the campaign', 9, { slots: 3 }, {}, 3],
    ['those that are not dialled', 9, {}, { ahead: 1 }, 1],
    ['what is asked for', 9, {}, { most: 4 }, 4],
    ['slots, where there are none', 0, {}, {}, 0],
  ])('claims no more than %s', async (_, slots, campaign, request, expected) => {
    await begin(outbound(), ['a', 'b', 'c', 'd', 'e', 'f'], campaign, slots);
    expect(await claim(request)).toHaveLength(expected);
    expect((await outbound().lanes()).map(({ open }) => open)).toEqual([expected]);
  });

  it('claims none while more are open than there are slots now', async () => {
    await begin(outbound(), ['a', 'b', 'c', 'd']);
    const [first, second] = await claim({ most: 3 });
    await outbound().putLane({ id: 'lane', slots: 1, perSecond: 1 });
    for (const one of [first, second]) {
      expect(await claim()).toEqual([]);
      await outbound().end(anEnd(one?.attempt ?? ''), NOON);
    }
    await outbound().putLane({ id: 'lane', slots: 2, perSecond: 1 });
    expect(keysOf(await claim())).toEqual(['d']);
  });

  it('shares the slots of a lane among its campaigns', async () => {
    await begin(outbound(), ['a', 'b'], {}, 3);
    await begin(outbound(), ['c', 'd'], { id: 'autumn' }, 3);
    expect([await claim(), await claim({ campaign: 'autumn' })].map((one) => one.length)).toEqual([2, 1]);
  });

  it.each([
    ['is paused', { status: 'paused' as const }],
    ['is a draft', { status: 'draft' as const }],
    ['is over', { endsAt: NOON }],
    ['has not begun', { startsAt: NOON + 1 }],
  ])('neither claims nor dials for a campaign that %s', async (_, change) => {
    await begin(outbound(), ['a', 'b']);
    const [claimed] = await claim({ most: 1 });
    await outbound().changeCampaign('spring', change);
    expect(await claim()).toEqual([]);
    expect(await outbound().dial(aDial(claimed?.attempt ?? ''), NOON)).toEqual({ verdict: 'paused' });
    expect(await outbound().claim(aClaim({ campaign: 'unknown' }), NOON)).toEqual([]);
  });

  it.each([
    ['opens later', { opensAt: NOON + 1, closesAt: NOON + HOUR }],
    ['has closed', { opensAt: NOON - HOUR, closesAt: NOON }],
    ['closes within the margin', { opensAt: NOON - HOUR, closesAt: NOON + 1_000 }],
    ['never comes', null],
  ])('neither claims nor dials in a zone whose window %s', async (_, window) => {
    await begin(outbound(), [somebody('a', { dueAt: NOON - DAY }), 'b', somebody('kim', { zone: 'Asia/Seoul' })]);
    const [claimed] = await claim({ most: 1 });
    await outbound().setWindow('spring', 'UTC', window);
    expect(keysOf(await claim())).toEqual(['kim']);
    expect(await outbound().dial(aDial(claimed?.attempt ?? ''), NOON)).toEqual({ verdict: 'window' });
  });

  it('claims where windows close first, of those who are due at the same time', async () => {
    await begin(outbound(), ['a', somebody('kim', { zone: 'Asia/Seoul' }), somebody('eve', { zone: 'Europe/Berlin' })]);
    await outbound().setWindow('spring', 'Asia/Seoul', { opensAt: 0, closesAt: NOON + HOUR });
    await outbound().setWindow('spring', 'Europe/Berlin', { opensAt: 0, closesAt: NOON + 2 * HOUR });
    expect([...keysOf(await claim({ most: 1 })), ...keysOf(await claim({ most: 1 })), ...keysOf(await claim())]).toEqual([
      'kim',
      'eve',
      'a',
    ]);
  });

  it('lets one worker dial, once, until its window closes', async () => {
    await begin(outbound(), ['a']);
    await outbound().setWindow('spring', 'UTC', { opensAt: 0, closesAt: NOON + 30_000 });
    const [{ attempt = '' } = {}] = await claim();
    expect(await outbound().dial(aDial(attempt, { worker: 'other' }), NOON)).toEqual({ verdict: 'gone' });
    expect(await outbound().dial(aDial(attempt), NOON)).toEqual({ verdict: 'granted', validUntil: NOON + 30_000 });
    expect(await outbound().dial(aDial(attempt), NOON)).toEqual({ verdict: 'gone' });
    expect(await outbound().dial(aDial('spring.0.1'), NOON)).toEqual({ verdict: 'gone' });
    expect((await recipientsOf(outbound()))['a']).toMatchObject({ state: 'calling', attempts: 1, dials: 1 });
  });

  it('lets nobody dial whose claim has run out', async () => {
    await begin(outbound(), ['a']);
    const [{ attempt = '' } = {}] = await claim();
    expect(await outbound().dial(aDial(attempt), NOON + MINUTE)).toEqual({ verdict: 'gone' });
  });

  it('never has two calls to a person, whatever campaign they are of', async () => {
    await begin(outbound(), [somebody('a', { person: 'ann' }), somebody('b', { person: 'ann' })]);
    await begin(outbound(), [somebody('c', { person: 'ann' })], { id: 'autumn' });
    const [[first], [other]] = [await claim(), await claim({ campaign: 'autumn' })];
    expect(await outbound().dial(aDial(first?.attempt ?? ''), NOON)).toMatchObject({ verdict: 'granted' });
    expect(await claim()).toEqual([]);
    expect(await outbound().dial(aDial(other?.attempt ?? ''), NOON)).toEqual({ verdict: 'busy', freeAt: NOON + MINUTE });
    expect((await recipientsOf(outbound()))['b']).toMatchObject({ state: 'waiting', dueAt: NOON + MINUTE });
    await outbound().end(anEnd(first?.attempt ?? ''), NOON);
    expect(await outbound().dial(aDial(other?.attempt ?? ''), NOON)).toMatchObject({ verdict: 'granted' });
  });

  it('holds caps of calls to a person over campaigns, and remembers 20 calls', async () => {
    const caps = [
      { max: 2, per: DAY },
      { max: 20, per: 10 * DAY },
    ];
    await begin(outbound(), ['a']);
    await begin(outbound(), ['a'], { id: 'autumn' });
    for (const now of [NOON, NOON + HOUR]) {
      const attempt = await dialOne(outbound(), now, { caps });
      await outbound().end(anEnd(attempt, { next: { at: now } }), now);
    }
    const [other] = await claim({ campaign: 'autumn' }, NOON + HOUR);
    const again = NOON + DAY;
    expect(await outbound().dial(aDial(other?.attempt ?? '', { caps }), NOON + HOUR)).toEqual({ verdict: 'capped', freeAt: again });
    expect(await claim({ caps }, NOON + HOUR)).toEqual([]);
    expect((await recipientsOf(outbound()))['a']).toMatchObject({ state: 'waiting', dueAt: again });
    await outbound().setWindow('spring', 'UTC', { opensAt: 0, closesAt: NOON + 2 * DAY });
    expect(keysOf(await claim({ caps }, again))).toEqual(['a']);
  });

  it('moves an attempt on as the platform answers, and no other way', async () => {
    await begin(outbound(), ['a', 'b']);
    const [{ attempt = '' } = {}] = await claim({ most: 1 });
    const late = async (now: number) => (await outbound().overdue(now, 10)).map(({ state }) => state);
    expect([await outbound().placed(attempt, DAY, NOON), await outbound().unknown(attempt)]).toEqual([false, false]);
    expect([await late(NOON), await late(NOON + MINUTE)]).toEqual([[], ['claimed']]);
    await outbound().dial(aDial(attempt), NOON);
    expect([await late(NOON + MINUTE), await late(NOON + MINUTE + HOUR)]).toEqual([[], ['dialled']]);
    expect([await outbound().unknown(attempt), await outbound().unknown(attempt)]).toEqual([true, false]);
    expect(await outbound().overdue(NOON + MINUTE + HOUR, 10)).toStrictEqual([
      { attempt, state: 'unknown', campaign: 'spring', dials: 1, attempts: 1 },
    ]);
    expect(await outbound().placed(attempt, DAY, NOON)).toBe(true);
    expect([await late(NOON + DAY - 1), await late(NOON + DAY)]).toEqual([[], ['placed']]);
    await outbound().end(anEnd(attempt), NOON);
    expect([await late(NOON + DAY), await outbound().placed(attempt, DAY, NOON), await outbound().unknown(attempt)]).toEqual([
      [],
      false,
      false,
    ]);
  });

  it('gives what is overdue, the most overdue first', async () => {
    await begin(outbound(), ['a', 'b', 'c']);
    for (const lease of [3, 1, 2]) await claim({ most: 1, lease });
    const late = await outbound().overdue(NOON + 3, 2);
    const { b, c } = await recipientsOf(outbound());
    expect(late.map(({ attempt }) => attempt)).toEqual([`spring.${b?.number}.1`, `spring.${c?.number}.1`]);
  });

  it.each([
    ['for good', { next: null }, { state: 'ended', outcome: 'busy', endedAt: NOON }],
    ['until a time', { next: { at: NOON + DAY } }, { state: 'waiting', outcome: 'busy', dueAt: NOON + DAY, rank: 1, endedAt: null }],
    ['for a while, then first', { next: { in: HOUR, rank: 0 } }, { state: 'waiting', dueAt: NOON + HOUR, rank: 0 }],
    ['for good where it was dialled as often as may be', { next: { in: 1 }, maxDials: 1 }, { state: 'ended', outcome: 'busy' }],
    ['for good where it was tried as often as may be', { next: { in: 1 }, maxAttempts: 1 }, { state: 'ended', outcome: 'busy' }],
  ] as const)('ends an attempt once, and with it its recipient %s', async (_, changes, expected) => {
    await begin(outbound(), ['a'], {}, 1);
    const attempt = await dialOne(outbound());
    expect(await outbound().end(anEnd(attempt, { outcome: 'busy', ...changes }), NOON)).toBe('ended');
    expect(await outbound().end(anEnd(attempt, { outcome: 'answered' }), NOON)).toBe('known');
    expect((await recipientsOf(outbound()))['a']).toMatchObject(expected);
    expect(await outbound().lanes()).toMatchObject([{ open: 0 }]);
  });

  it('ends an attempt only in the state that it is told, and none that there is not', async () => {
    await begin(outbound(), ['a']);
    const [{ attempt = '' } = {}] = await claim();
    expect(await outbound().end(anEnd(attempt, { only: 'dialled' }), NOON)).toBe('known');
    expect(await outbound().end(anEnd(attempt, { only: 'claimed', next: { in: 0 } }), NOON)).toBe('ended');
    expect(await outbound().end(anEnd('spring.0.1'), NOON)).toBe('known');
    expect((await recipientsOf(outbound()))['a']).toMatchObject({ state: 'waiting', attempts: 1, dials: 0 });
  });

  it('lets late news count of an attempt that was given up, once', async () => {
    await begin(outbound(), ['a', 'b']);
    const attempts = [await dialOne(outbound()), await dialOne(outbound())];
    for (const attempt of attempts) await outbound().end(anEnd(attempt, { outcome: 'lost', next: { in: HOUR }, givenUp: true }), NOON);
    const [first = '', second = ''] = attempts;
    expect(await outbound().end(anEnd(first, { outcome: 'lost', givenUp: true }), NOON)).toBe('known');
    expect(await outbound().end(anEnd(first), NOON)).toBe('corrected');
    expect(await outbound().end(anEnd(first, { outcome: 'busy' }), NOON)).toBe('known');
    expect(await outbound().end(anEnd(second, { outcome: 'busy', next: { in: 1 } }), NOON)).toBe('corrected');
    expect(await recipientsOf(outbound())).toMatchObject({
      a: { state: 'ended', outcome: 'answered', endedAt: NOON },
      b: { state: 'waiting', outcome: 'lost', dueAt: NOON + HOUR },
    });
  });

  it('lets late news count of a recipient that had ended without them', async () => {
    await begin(outbound(), ['a']);
    const attempt = await dialOne(outbound());
    await outbound().end(anEnd(attempt, { outcome: 'lost', next: { in: 1 }, maxDials: 1, givenUp: true }), NOON);
    expect(await outbound().end(anEnd(attempt), NOON + 1)).toBe('corrected');
    expect((await recipientsOf(outbound()))['a']).toMatchObject({ state: 'ended', outcome: 'answered', endedAt: NOON });
  });

  it('leaves a later attempt alone when news of an earlier one come', async () => {
    await begin(outbound(), ['a']);
    const first = await dialOne(outbound());
    await outbound().end(anEnd(first, { outcome: 'lost', next: { at: NOON }, givenUp: true }), NOON);
    const second = await dialOne(outbound());
    expect(await outbound().end(anEnd(first), NOON)).toBe('corrected');
    expect((await recipientsOf(outbound()))['a']).toMatchObject({ state: 'calling', attempts: 2, dials: 2 });
    expect(await outbound().end(anEnd(second, { outcome: 'busy' }), NOON)).toBe('ended');
  });

  it('gives permits an interval apart, of the slower of lane and campaign', async () => {
    await begin(outbound(), [], { perSecond: 4 });
    const pace = (changes = {}, now = NOON) =>
      outbound().pace({ lane: 'lane', campaign: 'spring', most: 10, horizon: 1_000, ...changes }, now);
    const at = NOON * 1_000;
    expect(await pace({ most: 2 })).toStrictEqual({ at, step: 250_000, count: 2 });
    expect(await pace()).toStrictEqual({ at: at + 500_000, step: 250_000, count: 3 });
    expect(await pace()).toStrictEqual({ at: at + 1_250_000, step: 250_000, count: 0 });
    await begin(outbound(), [], { id: 'autumn', perSecond: 1_000 });
    expect(await pace({ campaign: 'autumn', most: 1 })).toMatchObject({ at: at + 1_100_000, step: 100_000, count: 0 });
    expect(await pace({}, NOON + DAY)).toMatchObject({ at: at + DAY * 1_000, count: 5 });
    await outbound().changeCampaign('spring', { perSecond: 1 });
    expect(await pace({}, NOON + 2 * DAY)).toMatchObject({ step: 1_000_000, count: 2 });
    expect(await pace({ campaign: 'unknown' })).toMatchObject({ count: 0 });
  });
}

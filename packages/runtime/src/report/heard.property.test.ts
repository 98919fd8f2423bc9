import { ask, bridge, capture, defineFlow, digits, menu, replayRecorded, say, step } from '@hookswitch/dsl';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { heardOf } from './heard.ts';
import { CallWorld } from './call-world.test-support.ts';
import type { JournalExport } from './journal-export.ts';

let counted = 0;
const flow = defineFlow({ name: 'desk', voice: 'en-US-BenjaminRUS' }, function* () {
  yield say('Welcome.');
  for (;;) {
    const topic = yield* menu('Bills 1, desk 2, code 3.', { 1: 'bills', 2: 'desk', 3: 'code' }, { id: 'main', otherwise: 'end' });
    if (topic === 'end') return void (yield say('Goodbye.'));
    if (topic === 'bills') yield say(`You owe ${yield* step('owed', () => 12, { examples: { twelve: 12 } })} dollars.`);
    if (topic === 'code') yield* ask('Four digits?', { id: 'code', validate: digits(4), otherwise: null });
    if (topic === 'desk') {
      const { outcome } = yield* bridge('+6531589338', {
        id: 'desk',
        clientActionId: `desk-${yield* step('count', () => ++counted, {})}`,
      });
      yield* capture(`It was ${outcome}. Why?`, { id: 'why', maxDigits: 1 });
    }
  }
});

describe('what was heard', () => {
  it.each(['callflow', 'action'] as const)('is what a replay says, whatever callers press, delivered by %s', async (delivery) => {
    const keys = fc.array(fc.oneof(fc.constantFrom('1', '2', '3', '9', '1234', ''), fc.constant(null)), { maxLength: 9 });
    await fc.assert(
      fc.asyncProperty(keys, fc.boolean(), async (pressed, hangsUp) => {
        const world = await CallWorld.open(flow, { sessions: { delivery } });
        await world.received();
        for (const key of pressed) await world.completed(key);
        if (hangsUp) await world.over({ sessionStatus: 'COMPLETED' });
        const exported = await world.get<JournalExport>(`/calls/${await world.callId()}/journal`);
        await world.app.close();
        const replayed = replayRecorded(flow, exported);
        expect(replayed).toMatchObject({ verdict: 'alike', wordsCompared: exported.heard?.length });
        if (delivery === 'callflow') expect(replayed.wordsCompared).toBeGreaterThan(0);
      }),
      { numRuns: 25 },
    );
  });
});

const said = (text: string) => ({ action: 'say', params: { text, voiceProfile: 'v' } });
const asked = (text: string) => ({ action: 'sayAndCapture', params: { promptMessage: text, voiceProfile: 'v' } });
const turn = (index: number, clientActionId: string, ...callflow: readonly object[]) => ({ turn: index, eventId: null, event: '{}', at: index, answer: JSON.stringify({ clientActionId, callflow }) }); // prettier-ignore
const row = (kind: string, index: number) => ({
  at: index,
  kind,
  data: JSON.stringify({ turn: index, n: 1, reason: 'internal', error: null }),
});
const entries = [
  { site: 'main', at: 1, value: '9' },
  { site: 'main', at: 2, value: '1' },
];
const TURNS = [turn(0, 'main.0', asked('One?')), turn(1, 'own', asked('Two?')), turn(2, 'more.2', said('So.'), asked('Three?'))];
const heard = (turns: Parameters<typeof heardOf>[0]['turns'], rows: readonly ReturnType<typeof row>[] = []) =>
  heardOf({ turns, rows, entries, named: { own: 'main' }, site: 'more' }, true).map(({ after }) => after);

describe('what is known of a batch', () => {
  it.each<[string, readonly number[], readonly number[]]>([
    ['each with the answers before it, in names of the author too', heard(TURNS), [0, 1, 2]],
    ['nothing where the server spoke in between', heard([TURNS[0] as never, turn(1, 'find.1', said('Wait.')), ...TURNS.slice(1)], [row('hold', 1)]), [0, 2]], // prettier-ignore
    ['nothing from a fallback on', heard(TURNS, [row('fallback', 1)]), [0]],
    [
      'nothing from a sealed answer on',
      heard([TURNS[0] as never, { ...TURNS[1], answer: '{"erased":true}' } as never, TURNS[2] as never]),
      [0],
    ],
    ['nothing from an answer on that asks again', heard([TURNS[0] as never, turn(1, 'retry.1.1', said('Wait.')), TURNS[2] as never]), [0]],
    ['nothing of a turn that is being worked on', heard([TURNS[0] as never, { ...TURNS[1], answer: null } as never]), [0]],
    ['nothing of a site that the journal does not have', heard([turn(0, 'elsewhere.0', asked('?')), ...TURNS]), []],
  ])('%s', (_what, told, expected) => expect(told).toEqual(expected));
});

import { describe, expect, it } from 'vitest';
import { bridge } from '../effects/bridge.ts';
import { capture } from '../effects/capture.ts';
import { say } from '../effects/say.ts';
import { step } from '../effects/step.ts';
import { defineFlow } from '../flow/define-flow.ts';
import type { FlowModule } from '../flow/flow-options.ts';
import { ask } from '../questions/ask/ask.ts';
import { menu } from '../questions/menu/menu.ts';
import { custom } from '../questions/validators/custom.ts';
import { digits } from '../questions/validators/digits.ts';
import { invalid } from '../questions/validators/invalid.ts';
import { inTurn, startCall, type TestCall } from '../testing/index.ts';
import { recordCalls } from '../testing/recorder.ts';
import { arrowTitle } from './arrow-title.ts';
import type { TakenArrow } from './taken-arrow.ts';

const voice = 'en-US-BenjaminRUS';

/** The arrows that a call takes after its start. */
async function taken(flow: FlowModule, act: (call: TestCall) => Promise<void>, steps: Record<string, unknown> = {}): Promise<string[]> {
  const arrows: TakenArrow[] = [];
  recordCalls({ took: (_chart, arrow) => arrows.push(arrow) });
  try {
    await act(await startCall(flow, { steps: steps as never }));
  } finally {
    recordCalls(null);
  }
  return arrows.slice(1).map((arrow) => `${arrowTitle(arrow)}${arrow.charted ? '' : ' (off the chart)'}`);
}

const parcel = defineFlow({ name: 'parcel', voice, goodbye: 'Bye.' }, function* () {
  const number = yield* ask('Number?', { id: 'number', validate: digits(4, 6), otherwise: null });
  const found = yield* step('find', () => null as { name: string; age?: number } | readonly string[] | null, {
    examples: { ann: { name: 'Ann' }, aged: { name: 'Bob', age: 7 }, many: ['a'], none: null },
    onError: () => null,
  });
  yield say(`${String(number)} ${JSON.stringify(found)}`);
  yield* bridge('+6531589338', { id: 'agent' });
});

describe('an answer takes the arrow of its class:', () => {
  it.each([
    ['an entry that is valid, though it is no example', '7777#', 'number —valid→ find'],
    ['one that is too short', '77#', 'number —too short→ number'],
    ['one that is too long', '7777777', 'number —too long→ number'],
    ['# alone', '#', 'number —#→ number'],
  ])('%s', async (_what, keys, arrow) => {
    expect((await taken(parcel, (call) => call.press(keys), { find: null }))[0]).toBe(arrow);
  });

  it.each([
    ['a result of the same form', { name: 'Cleo' }, 'ann'],
    ['a result with the same fields', { name: 'Cleo', age: 1 }, 'aged'],
    ['a list', ['x', 'y'], 'many'],
    ['null', null, 'none'],
    ['a failure', new Error('down'), 'fails'],
  ])('%s', async (_what, result, label) => {
    expect((await taken(parcel, (call) => call.press('7777#'), { find: result }))[1]).toBe(`find —${label}→ agent`);
  });

  it('an outcome of a bridge, and a hang-up with one', async () => {
    const toAgent = async (call: TestCall): Promise<void> => call.press('7777#');
    const busy = async (call: TestCall): Promise<void> => toAgent(call).then(() => call.bridgeEnds('busy'));
    const left = async (call: TestCall): Promise<void> => toAgent(call).then(() => call.hangUp('answered'));
    expect((await taken(parcel, busy, { find: null })).slice(2)).toEqual(['agent —busy→ ended', 'ended —hang-up→ closed']);
    expect((await taken(parcel, left, { find: null })).slice(2)).toEqual(['agent —hang-up→ closed']);
  });

  it('a hang-up while a step runs, together with its outcome', async () => {
    const leaving = ({ hangUp }: { hangUp(): void }): null => {
      hangUp();
      return null;
    };
    expect((await taken(parcel, (call) => call.press('7777#'), { find: leaving }))[1]).toBe('find —hang-up, none→ closed');
  });

  it('a key of a menu; any other one is no match; one that a long option has besides is that option', async () => {
    const flow = defineFlow({ name: 'rooms', voice }, function* () {
      yield* menu('Room?', { '10-40': 'room', 5: 'bar' }, { id: 'room', otherwise: 'none' });
    });
    expect(await taken(flow, (call) => call.press('23#'))).toContain('room —10→ ended');
    expect(await taken(flow, (call) => call.press('5#'))).toContain('room —5→ ended');
    expect(await taken(flow, (call) => call.press('7#'))).toEqual(['room —no match→ room']);
  });

  it('a refusal of a validator is told from what is too short, however alike they are in length', async () => {
    const even = custom((entry) => (Number(entry) % 2 === 0 ? entry : invalid('Even numbers, please.')), {
      minDigits: 2,
      maxDigits: 4,
      examples: { pass: ['2222'], fail: ['3333'] },
    });
    const flow = defineFlow({ name: 'even', voice }, function* () {
      yield* ask('Even?', { id: 'even', validate: even, otherwise: null });
    });
    const labels = await taken(flow, async (call) => {
      await call.press('33#');
      await call.press('1#');
    });
    expect(labels).toEqual(['even —not valid→ even', 'even —too short→ even']);
  });

  it('of plain captures the entry that is nearest in length, among those that lead there', async () => {
    const flow = defineFlow({ name: 'plain', voice }, function* () {
      const code = yield* capture('Code?', { id: 'code', minDigits: 2, maxDigits: 6, examples: ['11', '123456'] });
      yield* capture('Next?', { id: code === null ? 'quiet' : 'next', maxDigits: 1 });
    });
    expect(await taken(flow, (call) => call.press('12345#'))).toEqual(['code —123456→ next']);
    expect(await taken(flow, (call) => call.press('123#'))).toEqual(['code —11→ next']);
    expect(await taken(flow, (call) => call.stayQuiet())).toEqual(['code —silence→ quiet']);
  });

  it('what exploration has not found is said to be off the chart', async () => {
    const flow = defineFlow({ name: 'secret', voice }, function* () {
      const code = yield* capture('Code?', { id: 'code', maxDigits: 4, examples: ['1111'] });
      if (code === '4711') yield* capture('Hidden.', { id: 'hidden', maxDigits: 1 });
    });
    expect(await taken(flow, (call) => call.press('4711#'))).toEqual(['code —another answer→ hidden (off the chart)']);
  });

  it('of examples that are the same, the arrow of each', async () => {
    const flow = defineFlow({ name: 'twins', voice }, function* () {
      yield* step('find', () => null, { examples: { nobody: null, gone: null } });
      yield say('Done.');
    });
    expect((await taken(flow, () => Promise.resolve(), { find: null })).slice(0, 2)).toEqual(['find —nobody→ ended', 'find —gone→ ended']);
  });

  it('a step that runs several times takes an arrow each time', async () => {
    const flow = defineFlow({ name: 'again', voice }, function* () {
      for (let n = 0; n < 2; n++) yield* step('count', () => n, { examples: { zero: 0, one: 1 } });
      yield say('Done.');
    });
    const arrows = await taken(flow, () => Promise.resolve(), { count: inTurn(0, 1) });
    expect(arrows).toEqual(['count —zero→ count', 'count —one→ ended', 'ended —hang-up→ closed']);
  });
});

import { expect } from 'vitest';
import { bridge } from '../effects/bridge.ts';
import { capture } from '../effects/capture.ts';
import { hangup } from '../effects/hangup.ts';
import { log } from '../effects/log.ts';
import { now } from '../effects/now.ts';
import { random } from '../effects/random.ts';
import { say } from '../effects/say.ts';
import { step } from '../effects/step.ts';
import { useLanguage } from '../effects/use-language.ts';
import type { Call } from '../flow/call.ts';
import { defineFlow } from '../flow/define-flow.ts';
import type { Flow } from '../flow/effect.ts';
import { subflow } from '../flow/subflow.ts';
import { menu } from '../questions/menu/menu.ts';
import { inTurn } from './step-stubs.ts';
import { inEveryMode, testEveryPath } from './vitest.ts';

const voices = { en: 'en-US-BenjaminRUS', zh: 'zh-CN-HuihuiRUS' };

const table = subflow('table', function* (): Flow<string> {
  const size = yield* menu({ en: 'How many are you, 1 to 4?', zh: '几位？' }, { '1-4': 'small', 5: 'large' }, { id: 'size' });
  yield* step('reserve', (): unknown => null, { examples: { done: 7, full: null } });
  return size;
});

/** Two languages, branches with back and main, an operator, a step that may fail, and tidying up at the end. */
const restaurant = defineFlow(
  {
    name: 'restaurant',
    voices,
    keys: { repeat: '*', operator: '0', back: '8', main: '9' },
    operator: toOperator,
    goodbye: { en: 'Bye bye.', zh: '再见。' },
  },
  function* () {
    try {
      if ((yield* menu('For English press 1. 中文请按 2.', { 1: 'en', 2: 'zh' }, { id: 'language', otherwise: 'en' })) === 'zh')
        yield useLanguage('zh');
      yield* menu(
        { en: 'For a table press 1, for opening hours press 2.', zh: '订位请按 1，营业时间请按 2。' },
        { 1: reserve, 2: hours },
        { id: 'main' },
      );
    } finally {
      yield* step('save', () => null, { examples: { done: null } });
    }
  },
);

function* reserve(): Flow {
  try {
    const size = yield* table();
    yield say({ en: `A ${size} table is yours.`, zh: '订好了。' });
  } catch {
    yield say({ en: 'We are full.', zh: '满了。' });
  } finally {
    yield log('left the reservation');
  }
}

function* hours(): Flow {
  yield say({ en: `It is ${(yield* now()).toISOString()}; lucky number ${Math.floor((yield* random()) * 10)}.`, zh: '十点到十点。' });
  yield* menu({ en: 'Press 1 to hear it again.', zh: '重听请按 1。' }, { 1: hours }, { id: 'again' });
}

function* toOperator(call: Call): Flow {
  const { outcome } = yield* bridge('+6531589338', { id: 'operator' });
  if (outcome !== 'answered') yield say({ en: `Sorry, ${call.from === null ? 'stranger' : 'dear caller'}.`, zh: '对不起。' });
}

const steps = { reserve: inTurn(new Error('full'), 7), save: null };

inEveryMode('a reservation, going back and to the main menu on the way', restaurant, async (start) => {
  const call = await start({ steps });
  await call.press('1');
  await call.press('1');
  expect(call).toBeAt('table/size');
  await call.press('8');
  expect(call).toBeAt('main');
  await call.press('2');
  await call.press('*');
  await call.press('9');
  await call.press('1');
  await call.press('3');
  expect(call).toHear('We are full.');
  expect(call).toHaveEnded();
});

inEveryMode('in another language, failing to answer, with an operator who is busy', restaurant, async (start) => {
  const call = await start({ steps, from: null });
  await call.press('7');
  await call.press('2');
  await call.press('0');
  expect(call).toHaveBridgedTo('+6531589338');
  await call.bridgeEnds('busy');
  expect(call).toHear('对不起。');
  await call.stayQuiet();
  await call.stayQuiet();
  await call.stayQuiet();
  expect(call).toHear('再见。');
});

inEveryMode('the caller hangs up in a branch, and the flow tidies up', restaurant, async (start) => {
  const call = await start({ steps });
  await call.stayQuiet();
  await call.press('1');
  await call.press('1');
  await call.hangUp();
  expect(call.transcript.split('\n').slice(-3)).toEqual(['⏹ the caller hung up', '✎ left the reservation', '· save → null']);
});

const everything = defineFlow({ name: 'outcomes', voice: 'en-US-BenjaminRUS' }, function* () {
  const code = yield* capture('Code?', {
    id: 'code',
    minDigits: 3,
    maxDigits: 5,
    noOfTries: 2,
    failureMessage: 'No.',
    successMessage: 'Yes.',
  });
  const { outcome, sipCode, duration } = yield* bridge('+6531589338', { id: 'other' });
  yield say(`${code} ${outcome} ${sipCode} ${duration}`);
  yield hangup();
});

inEveryMode('a capture’s second try, then a bridge', everything, async (start) => {
  const call = await start();
  await call.press('12#');
  await call.press('123');
  expect(call.heardLast).toEqual(['Yes.']);
  await call.bridgeEnds({ outcome: 'answered', duration: 3 });
  expect(call).toHear('123 answered 200 3');
});

testEveryPath(restaurant);
testEveryPath(everything);

import { capture, defineFlow, type FlowModule, say, step } from '@hookswitch/dsl';

/** How many questions are asked. */
export const QUESTIONS = 8;

/** Questions that each caller answers in an own way, so that what is heard tells which answers have counted. `wording` is what a deploy changes. */
export function survey(wording = 'Question'): FlowModule {
  return defineFlow({ name: 'survey', voice: 'en-US-ZiraRUS' }, function* () {
    yield say('Welcome.');
    let sum = 0;
    for (let n = 1; n <= QUESTIONS; n++) {
      const answer = yield* capture(`${wording} ${n}?`, { id: `question-${n}`, maxDigits: 4 });
      yield say(`Number ${n} was ${answer ?? 'nothing'}.`);
      sum = yield* step(`add-${n}`, () => sum + Number(answer ?? 0), { examples: { some: 7 } });
    }
    yield say(`Together ${sum}. Goodbye.`);
  });
}

/** For `startServerProcess`. */
export function flows(): readonly FlowModule[] {
  return [survey()];
}

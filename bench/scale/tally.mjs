import { capture, defineFlow } from '@hookswitch/dsl';
import { caller } from '@hookswitch/simulator';

const ASKS = 5;

/** Adds up what is pressed and says so: an answer that another call was meant for, or that came twice, makes a wrong sum. */
export const tally = defineFlow({ name: 'tally', voice: 'en-US-BenjaminRUS' }, function* () {
  let sum = 0;
  for (let asked = 0; asked < ASKS; asked++) {
    // The longest time there is, so that whoever thinks long is not cut off.
    const options = {
      id: `digit-${asked}`,
      minDigits: 1,
      maxDigits: 1,
      completeOnHash: false,
      overallTimeout: 60_000,
      digitTimeout: 30_000,
    };
    sum += Number((yield* capture(promptOf(asked, sum), options)) ?? 1000);
  }
});

/** The caller of call `index`: its own keys, and the sums that it must hear. */
export function tallyCaller(index) {
  let script = caller;
  let sum = 0;
  for (let asked = 0; asked < ASKS; asked++) {
    const key = (index * 7 + asked * 3) % 10;
    script = script.expectHears(promptOf(asked, sum)).press(String(key));
    sum += key;
  }
  return script;
}

function promptOf(asked, sum) {
  return `So far ${sum}. Digit ${asked + 1}, please.`;
}

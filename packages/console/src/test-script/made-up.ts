import type { Capture } from '@hookswitch/dsl';

/** Which of the entries that could be made up stands at a wait, by its index in the journal; 0 where nothing is said. */
export type Choices = ReadonlyMap<number, number>;

/** An entry that was made up led elsewhere than the caller's; there are others. */
export class WentAstray extends Error {
  readonly choices: Choices;

  constructor(choices: Choices) {
    super('the entry that was made up leads another way than the call');
    this.choices = choices;
  }
}

/** What universal keys are called: `* (repeat)`. They lead nowhere that a test wants to be. */
const UNIVERSAL = / \((repeat|operator|back|main)\)$/;
const DIGITS = '1234567890123456789012345';

/**
 * Keys for an entry that may not stand in a test, the best first: one that the question takes, those that it does not, and what any capture of that
 * length would do with. `length` is that of the real entry, where it is known.
 */
export function madeUpKeys({ shape, examples, minDigits }: Capture, length: number | null): readonly string[] {
  const answers = shape?.answers ?? [];
  const declared = new Set(shape?.declared ?? []);
  const keysOf = (wanted: boolean): readonly string[] =>
    answers
      .filter(({ label }) => !UNIVERSAL.test(label) && declared.has(label) === wanted)
      .flatMap(({ digits }) => (digits === null ? [] : [digits]));
  const plain = DIGITS.slice(0, length ?? minDigits);
  const known = [
    ...keysOf(true),
    ...(examples ?? []).filter((entry) => entry !== ''),
    ...(shape === null ? [plain] : []),
    ...keysOf(false),
  ];
  const fitting = length === null ? known : known.filter((keys) => keys.length === length);
  return [...new Set([...fitting, ...(fitting.length === 0 ? [plain] : []), ...known])];
}

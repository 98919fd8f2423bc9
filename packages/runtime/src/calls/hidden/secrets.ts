/** So many characters of a secret give it away; what is shorter stands in every second sentence. */
const TELLING = { whole: 3, part: 4 } as const;

/**
 * What callers have keyed in at the sensitive sites of one call, and what sensitive steps gave. Knows a text that speaks of it: digits written together, read
 * one by one or with anything but letters between them, four of them in a row, and words as they are. Immutable.
 */
export class Secrets {
  /** Of a call that has none, as most. */
  static readonly none = new Secrets(new Set(), new Set());
  readonly #digits: ReadonlySet<string>;
  readonly #words: ReadonlySet<string>;

  private constructor(digits: ReadonlySet<string>, words: ReadonlySet<string>) {
    this.#digits = digits;
    this.#words = words;
  }

  /** These, and another one: a text, a number, or data that holds some. */
  with(secret: unknown): Secrets {
    const digits = new Set(this.#digits);
    const words = new Set(this.#words);
    for (const leaf of leavesOf(secret)) {
      const word = plain(leaf);
      if (word.length < TELLING.whole) continue;
      if (!/^\d+$/.test(word)) words.add(word);
      else if (word.length <= TELLING.part) digits.add(word);
      else for (let from = 0; from + TELLING.part <= word.length; from++) digits.add(word.slice(from, from + TELLING.part));
    }
    return new Secrets(digits, words);
  }

  /** Whether a text, or a text somewhere in `value`, speaks of a secret. */
  areIn(value: unknown): boolean {
    if (this.#digits.size === 0 && this.#words.size === 0) return false;
    return leavesOf(value).some((text) => this.#isIn(text));
  }

  #isIn(text: string): boolean {
    const whole = plain(text);
    if ([...this.#words].some((word) => whole.includes(word))) return true;
    // Between the digits of one number there are blanks, commas and points, never a word.
    const runs = text.normalize('NFKC').split(/\p{L}+/u);
    return runs.map((run) => run.replace(/\D+/g, '')).some((run) => [...this.#digits].some((digits) => run.includes(digits)));
  }
}

function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

/** All texts and numbers in a value, as texts. */
function leavesOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'number') return [String(value)];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(leavesOf);
}

/** What is shorter stands in every second text by chance. */
const MIN_DIGITS = 3;

/**
 * What was answered at the sensitive sites of one call, as far as a value can be known to be it: it is the same, or has it as a whole word. Parts and other spellings are masked
 * where they are stored. Immutable.
 */
export class SensitiveValues {
  /** Of a call that has none, as most. */
  static readonly none = new SensitiveValues(new Set());
  readonly #words: ReadonlySet<string>;

  private constructor(words: ReadonlySet<string>) {
    this.#words = words;
  }

  /** These, and all texts and numbers in another answer. */
  with(answer: unknown): SensitiveValues {
    const words = leavesOf(answer)
      .map(plain)
      .filter((word) => word.length >= MIN_DIGITS);
    return words.length === 0 ? this : new SensitiveValues(new Set([...this.#words, ...words]));
  }

  /** Whether a number is one of them, or a text has one of them in it. */
  areIn(value: string | number): boolean {
    if (this.#words.size === 0) return false;
    if (typeof value === 'number') return this.#words.has(plain(String(value)));
    const text = ` ${plain(value)} `;
    return [...this.#words].some((word) => text.includes(` ${word} `));
  }
}

function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

function leavesOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'number') return [String(value)];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(leavesOf);
}

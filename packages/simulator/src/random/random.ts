/** A stream of random numbers that a seed reproduces. */
export interface Random {
  /** From 0 (inclusive) to 1 (exclusive). */
  next(): number;
  /** A whole number from `min` to `max`, both inclusive. */
  int(min: number, max: number): number;
  /** True at this rate, 0..1. Draws one number whatever the rate is. */
  chance(rate: number): boolean;
  /** One entry of a list that isn't empty. */
  pick<T>(list: readonly [T, ...T[]]): T;
  /** Exponentially distributed with this mean, at most ten times the mean. */
  exponential(mean: number): number;
  /** A UUID of version 4. */
  uuid(): string;
}

/**
 * The stream that belongs to these words. Equal words give equal streams, and streams of different words don't depend on one another:
 * what one session draws never changes what another one draws.
 */
export function randomFrom(...words: readonly (string | number)[]): Random {
  return new Sfc32(hash(words.join('\u0000')));
}

/** Chris Doty-Humphrey's small fast counting generator of 32 bits. */
class Sfc32 implements Random {
  #a: number;
  #b: number;
  #c: number;
  #d: number;

  constructor([a, b, c, d]: readonly [number, number, number, number]) {
    [this.#a, this.#b, this.#c, this.#d] = [a, b, c, d];
    for (let warm = 0; warm < 8; warm++) this.#bits();
  }

  next(): number {
    return this.#bits() / 4_294_967_296;
  }

  int(min: number, max: number): number {
    return min + Math.floor(this.next() * (max - min + 1));
  }

  chance(rate: number): boolean {
    return this.next() < rate;
  }

  pick<T>(list: readonly [T, ...T[]]): T {
    return list[this.int(0, list.length - 1)] ?? list[0];
  }

  exponential(mean: number): number {
    return Math.min(10, -Math.log(1 - this.next())) * mean;
  }

  uuid(): string {
    const hex = [0, 0, 0, 0].map(() => this.#bits().toString(16).padStart(8, '0')).join('');
    const variant = '89ab'[parseInt(hex[16] ?? '0', 16) & 3];
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
  }

  #bits(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#d) | 0;
    this.#d = (this.#d + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }
}

/** Four words of 32 bits, after bryc's cyrb128. */
function hash(text: string): [number, number, number, number] {
  let [a, b, c, d] = [1779033703, 3144134277, 1013904242, 2773480762];
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    a = b ^ Math.imul(a ^ code, 597399067);
    b = c ^ Math.imul(b ^ code, 2869860233);
    c = d ^ Math.imul(c ^ code, 951274213);
    d = a ^ Math.imul(d ^ code, 2716044179);
  }
  a = Math.imul(c ^ (a >>> 18), 597399067);
  b = Math.imul(d ^ (b >>> 22), 2869860233);
  c = Math.imul(a ^ (c >>> 17), 951274213);
  d = Math.imul(b ^ (d >>> 19), 2716044179);
  return [(a ^ b ^ c ^ d) >>> 0, (b ^ a) >>> 0, (c ^ a) >>> 0, (d ^ a) >>> 0];
}

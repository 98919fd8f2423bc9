import type { Output } from '../context.ts';

/** One line on a terminal that says what is being done and then goes away; nothing elsewhere. */
export class Progress {
  readonly #output: Output;
  #isShown = false;

  constructor(output: Output) {
    this.#output = output;
  }

  /** Shows `text` in place of what was shown. */
  update(text: string): void {
    if (this.#output.isTTY !== true) return;
    this.#output.write(`\r\u001b[K${text}`);
    this.#isShown = true;
  }

  /** Takes the line away. */
  done(): void {
    if (this.#isShown) this.#output.write('\r\u001b[K');
    this.#isShown = false;
  }
}

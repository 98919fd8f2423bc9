import type { Output } from '../context.ts';
import { ESC } from './terminal.ts';

/** To the beginning of the line, which is emptied. */
const CLEAR = `${ESC}[G${ESC}[K`;

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
    this.#output.write(`${CLEAR}${text}`);
    this.#isShown = true;
  }

  /** Takes the line away. */
  done(): void {
    if (this.#isShown) this.#output.write(CLEAR);
    this.#isShown = false;
  }
}

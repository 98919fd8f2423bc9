/** Where requests go: to the process that serves now, or they wait for the next one. */
export class Gate {
  #url: string | null = null;
  #waiting: ((url: string | null) => void)[] = [];
  #isSwapping = true;

  /** The address to send a request to; null where no version of the flows can be served. Waits while one takes over from another. */
  target(): Promise<string | null> {
    if (!this.#isSwapping) return Promise.resolve(this.#url);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** Requests wait from now on. */
  hold(): void {
    this.#isSwapping = true;
  }

  /** Requests go to `url` from now on, those that waited first; null: nobody serves. */
  open(url: string | null): void {
    this.#url = url;
    this.#isSwapping = false;
    for (const resolve of this.#waiting.splice(0)) resolve(url);
  }
}

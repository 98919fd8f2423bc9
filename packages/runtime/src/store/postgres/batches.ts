/**
 * Owns what waits for Postgres, and what goes there together: requests of one kind that arrive while others are under way become one statement.
 * It never delays a request for the sake of company, retries nothing whose outcome is unknown, and knows nothing of SQL or of calls.
 * Invariants: each request is settled once, and by its own deadline; at most LANES statements are under way; two requests of one key are never in one statement;
 * one that is left out, or spoils the statement, is sent alone: a batch answers as if each had gone alone.
 */

/** Requests in one statement at most. */
const MAX_TOGETHER = 64;
/** Statements under way at once: while one waits for the disk, the next is worked on. */
const LANES = 2;

/** How requests reach the database. */
export interface Sender<Request, Result> {
  /** Two requests with one key are never sent together. @default all may be */
  keyOf?(request: Request): string;
  /** Sends requests in one statement; the results are in their order, `undefined` for one that has to be sent alone. */
  together(requests: readonly Request[], deadline: number): Promise<readonly (Result | undefined)[]>;
  /** Sends one request, whatever it may have to wait for. @default `together` with it alone, which then leaves nothing out */
  alone?(request: Request, deadline: number): Promise<Result>;
  /** Whether an error of `together` is due to one of the requests and has changed nothing, so that each is sent alone. @default none is */
  isOfOne?(error: unknown): boolean;
}

interface Waiting<Request, Result> {
  readonly request: Request;
  readonly deadline: number;
  readonly resolve: (result: Result | Promise<Result>) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Sends requests that arrive while others are under way in one statement, so that one round trip, one transaction and one flush to the disk serve many calls.
 * Nobody waits for company: with nothing under way a request goes at once. One that is left out, or spoils the statement, is sent alone and disturbs nobody.
 */
export class Batches<Request, Result> {
  readonly #sender: Sender<Request, Result>;
  readonly #timeout: number;
  readonly #now: () => number;
  readonly #waiting = new Set<Waiting<Request, Result>>();
  readonly #underWay = new Set<Promise<void>>();
  #isWoken = false;

  /** `timeout` is what a request may take in ms, its wait included; `now` is the time by which. */
  constructor(timeout: number, sender: Sender<Request, Result>, now: () => number) {
    this.#sender = sender;
    this.#timeout = timeout;
    this.#now = now;
  }

  /** Rejects as `together` or `alone` does. */
  add(request: Request): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      this.#waiting.add({ request, deadline: this.#now() + this.#timeout, resolve, reject });
      this.#wake();
    });
  }

  /** Takes together what comes in the same turn of the event loop. */
  #wake(): void {
    if (this.#isWoken || this.#underWay.size >= LANES || this.#waiting.size === 0) return;
    this.#isWoken = true;
    setImmediate(() => {
      this.#isWoken = false;
      const sending = this.#send(this.#take()).finally(() => {
        this.#underWay.delete(sending);
        this.#wake();
      });
      this.#underWay.add(sending);
      this.#wake();
    });
  }

  /** Resolves when nothing waits any longer and all that was sent has its answer, or is on its way alone. */
  async settled(): Promise<void> {
    while (this.#waiting.size > 0 || this.#underWay.size > 0)
      await Promise.all([...this.#underWay, new Promise((resolve) => setImmediate(resolve))]);
  }

  /** The requests that have waited longest, one of each key. */
  #take(): Waiting<Request, Result>[] {
    const taken = new Map<unknown, Waiting<Request, Result>>();
    for (const waiting of this.#waiting) {
      if (taken.size === MAX_TOGETHER) break;
      const key = this.#sender.keyOf?.(waiting.request) ?? waiting;
      if (taken.has(key)) continue;
      taken.set(key, waiting);
      this.#waiting.delete(waiting);
    }
    return [...taken.values()];
  }

  async #send(group: readonly Waiting<Request, Result>[]): Promise<void> {
    const requests = group.map(({ request }) => request);
    try {
      const results = await this.#sender.together(requests, Math.min(...group.map(({ deadline }) => deadline)));
      for (const [index, waiting] of group.entries()) {
        const result = results[index];
        waiting.resolve(result === undefined ? this.#alone(waiting) : result);
      }
    } catch (error) {
      for (const waiting of group)
        if (this.#sender.isOfOne?.(error) === true) waiting.resolve(this.#alone(waiting));
        else waiting.reject(error);
    }
  }

  async #alone({ request, deadline }: Waiting<Request, Result>): Promise<Result> {
    if (this.#sender.alone !== undefined) return this.#sender.alone(request, deadline);
    return (await this.#sender.together([request], deadline))[0] as Result;
  }
}

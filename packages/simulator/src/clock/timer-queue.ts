/** One entry of a `TimerQueue`. */
export interface QueuedTimer {
  readonly at: number;
  readonly act: () => void;
}

interface Node extends QueuedTimer {
  readonly order: number;
  place: number;
}

/** Timers by time, and at the same time by the order in which they were added. A binary heap: add, take and remove cost log n. */
export class TimerQueue {
  readonly #heap: Node[] = [];
  #added = 0;

  get size(): number {
    return this.#heap.length;
  }

  /** The earliest one, which stays. */
  get first(): QueuedTimer | null {
    return this.#heap[0] ?? null;
  }

  /** Adds a timer; the returned function removes it again. */
  add(at: number, act: () => void): () => void {
    const node: Node = { at, act, order: this.#added++, place: this.#heap.length };
    this.#heap.push(node);
    this.#up(node);
    return () => this.#remove(node);
  }

  /** Takes the earliest one out, or null. */
  take(): QueuedTimer | null {
    const first = this.#heap[0];
    if (first === undefined) return null;
    this.#remove(first);
    return first;
  }

  clear(): void {
    for (const node of this.#heap) node.place = -1;
    this.#heap.length = 0;
  }

  #remove(node: Node): void {
    if (node.place < 0) return;
    const last = this.#heap.pop();
    if (last !== undefined && last !== node) {
      this.#put(last, node.place);
      this.#up(last);
      this.#down(last);
    }
    node.place = -1;
  }

  #up(node: Node): void {
    while (node.place > 0) {
      const parent = this.#heap[(node.place - 1) >> 1];
      if (parent === undefined || before(parent, node)) return;
      this.#swap(node, parent);
    }
  }

  #down(node: Node): void {
    for (;;) {
      const left = this.#heap[2 * node.place + 1];
      const right = this.#heap[2 * node.place + 2];
      const child = right !== undefined && left !== undefined && before(right, left) ? right : left;
      if (child === undefined || before(node, child)) return;
      this.#swap(node, child);
    }
  }

  #swap(a: Node, b: Node): void {
    const place = a.place;
    this.#put(a, b.place);
    this.#put(b, place);
  }

  #put(node: Node, place: number): void {
    node.place = place;
    this.#heap[place] = node;
  }
}

function before(a: Node, b: Node): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}

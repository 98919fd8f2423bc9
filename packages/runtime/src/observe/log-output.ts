import { fstatSync, write, writeSync } from 'node:fs';

/** Where lines go; of Node's own streams it is a part. */
export interface LineStream {
  /** `done` is called once the line is written, with an error where it is not; who doesn't know of it is believed to have written the line. */
  write(line: string, done?: (error?: Error | null) => void): unknown;
  /** Bytes that wait to be written; absent where nothing ever waits. */
  readonly writableLength?: number;
}

/** How long until a descriptor that takes no more is tried again, ms. */
const RETRY = 20;

/**
 * A file that lines are appended to without waiting for it. What can't be written is given back with its error, and the next line is tried anew: when a full disk has
 * space again, the log goes on.
 */
export class FileLines implements LineStream {
  readonly #descriptor: number;
  #waiting: { readonly line: string; readonly done: (error?: Error | null) => void }[] = [];
  #bytes = 0;
  #isWriting = false;
  /** A line was cut off in its middle: what follows begins a new one. */
  #isTorn = false;

  constructor(descriptor: number) {
    this.#descriptor = descriptor;
  }

  get writableLength(): number {
    return this.#bytes;
  }

  write(line: string, done: (error?: Error | null) => void = () => undefined): void {
    this.#waiting.push({ line, done });
    this.#bytes += line.length;
    if (!this.#isWriting) this.#begin();
  }

  /** Writes what waits, now: for a process that ends. */
  flush(): void {
    const text = this.#waiting.map(({ line }) => line).join('');
    this.#waiting = [];
    try {
      writeSync(this.#descriptor, text);
    } catch {
      // There is nobody left to be told.
    }
  }

  #begin(): void {
    const group = this.#waiting;
    if (group.length === 0) return;
    this.#waiting = [];
    this.#isWriting = true;
    const text = Buffer.from(`${this.#isTorn ? '\n' : ''}${group.map(({ line }) => line).join('')}`);
    this.#isTorn = false;
    this.#go(text, (error) => {
      this.#isWriting = false;
      for (const { line, done } of group) {
        this.#bytes -= line.length;
        done(error);
      }
      this.#begin();
    });
  }

  /** Some of it may be written before the rest fails. */
  #go(rest: Buffer, settle: (error: Error | null) => void): void {
    write(this.#descriptor, rest, (error, written) => {
      if (error?.code === 'EAGAIN') {
        setTimeout(() => this.#go(rest, settle), RETRY).unref();
        return;
      }
      if (error !== null) return settle(error);
      this.#isTorn = written < rest.length;
      if (!this.#isTorn) return settle(null);
      this.#go(rest.subarray(written), settle);
    });
  }
}

const opened = new Map<1 | 2, LineStream>();

/**
 * The standard output (1) or error (2) of this process for lines that nobody may wait for: a disk that is full or stalls, a pipe whose reader is slow or gone. Of a
 * pipe Node's own stream is used, which writes only what the reader takes; with a thread that waits for it, the process could not end.
 */
export function standardLines(descriptor: 1 | 2): LineStream {
  const known = opened.get(descriptor);
  if (known !== undefined) return known;
  const lines = isPipe(descriptor) ? standardStream(descriptor) : flushedAtExit(new FileLines(descriptor));
  opened.set(descriptor, lines);
  return lines;
}

/** Node's own stream, whose failures end nothing. */
export function standardStream(descriptor: 1 | 2): NodeJS.WriteStream {
  const stream = descriptor === 1 ? process.stdout : process.stderr;
  if (!stream.listeners('error').includes(ignore)) stream.on('error', ignore);
  return stream;
}

function ignore(): void {
  // Whoever writes a line is told by its callback.
}

function flushedAtExit(lines: FileLines): FileLines {
  process.once('exit', () => lines.flush());
  return lines;
}

function isPipe(descriptor: number): boolean {
  try {
    const stat = fstatSync(descriptor);
    return stat.isFIFO() || stat.isSocket();
  } catch {
    return false;
  }
}

import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import type { ELK, ElkNode } from 'elkjs';
import { DiagramError } from '../errors/diagram-error.ts';

/** From so many nodes on a layout takes long enough to hold up calls, so it runs in a thread of its own. */
const WORKER_FROM = 12;
/** How long the thread waits for more work, ms. */
const LINGER = 30_000;

const require = createRequire(import.meta.url);

/** The thread's program: a text, so that it runs the same from sources and from `dist`. */
const PROGRAM = `
  const { parentPort, workerData } = require('node:worker_threads');
  const ELK = require(workerData.elk);
  const elk = new ELK();
  parentPort.on('message', ({ id, graph }) => {
    elk.layout(graph).then(
      (layout) => parentPort.postMessage({ id, layout }),
      (error) => parentPort.postMessage({ id, error: String(error && error.message || error) }),
    );
  });
`;

interface Job {
  readonly resolve: (layout: ElkNode) => void;
  readonly reject: (error: unknown) => void;
}

type Reply = { readonly id: number } & ({ readonly layout: ElkNode } | { readonly error: string });

let inline: ELK | null = null;
let thread: LayoutThread | null = null;

/** Lays a graph out with ELK: small ones here, big ones in a thread that ends when it has nothing to do. */
export function runElk(graph: ElkNode, nodes: number): Promise<ElkNode> {
  if (nodes < WORKER_FROM) {
    inline ??= new (require('elkjs/lib/elk.bundled.js') as new () => ELK)();
    return inline.layout(graph);
  }
  thread ??= new LayoutThread(() => {
    thread = null;
  });
  return thread.run(graph);
}

class LayoutThread {
  readonly #worker: Worker;
  readonly #jobs = new Map<number, Job>();
  #next = 0;
  #idle: NodeJS.Timeout | null = null;

  constructor(onGone: () => void) {
    this.#worker = new Worker(PROGRAM, { eval: true, workerData: { elk: require.resolve('elkjs/lib/elk.bundled.js') }, execArgv: [] });
    this.#worker.unref();
    this.#worker.on('message', (reply: Reply) => {
      const job = this.#jobs.get(reply.id);
      this.#jobs.delete(reply.id);
      if ('layout' in reply) job?.resolve(reply.layout);
      else job?.reject(new DiagramError(reply.error));
      this.#rest(onGone);
    });
    this.#worker.on('error', (error) => {
      onGone();
      for (const { reject } of this.#jobs.values()) reject(error);
      this.#jobs.clear();
    });
  }

  run(graph: ElkNode): Promise<ElkNode> {
    if (this.#idle !== null) clearTimeout(this.#idle);
    const id = this.#next++;
    // While a layout is awaited, the process must not end under it.
    this.#worker.ref();
    return new Promise((resolve, reject) => {
      this.#jobs.set(id, { resolve, reject });
      this.#worker.postMessage({ id, graph });
    });
  }

  #rest(onGone: () => void): void {
    if (this.#jobs.size > 0) return;
    this.#worker.unref();
    this.#idle = setTimeout(() => {
      onGone();
      void this.#worker.terminate();
    }, LINGER);
    this.#idle.unref();
  }
}

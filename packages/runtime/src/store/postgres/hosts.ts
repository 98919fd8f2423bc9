import type { PostgresHost, PostgresTarget } from './connection-string.ts';

/** Which of several servers the next connection leads to: the one that served last, else the others in turn; or any by chance. */
export class Hosts {
  readonly #target: PostgresTarget;
  readonly #random: () => number;
  #current = 0;
  /** Hosts that failed while one connection was sought. */
  readonly #failed = new Set<PostgresHost>();

  /** `random` gives numbers in 0..1, as `Math.random` does. */
  constructor(target: PostgresTarget, random: () => number) {
    this.#target = target;
    this.#random = random;
  }

  get size(): number {
    return this.#target.hosts.length;
  }

  choose(): PostgresHost {
    const { hosts, isRandom } = this.#target;
    if (!isRandom) return hosts[this.#current % hosts.length] as PostgresHost;
    if (this.#failed.size >= hosts.length) this.#failed.clear();
    const open = hosts.filter((host) => !this.#failed.has(host));
    return open[Math.floor(this.#random() * open.length) % open.length] as PostgresHost;
  }

  /** A host does not serve: the next connection leads to another one. */
  avoid(host: PostgresHost): void {
    const { hosts } = this.#target;
    this.#failed.add(host);
    if (hosts[this.#current % hosts.length] === host) this.#current = (this.#current + 1) % hosts.length;
  }

  /** A host serves: what failed before may be tried again. */
  serves(): void {
    this.#failed.clear();
  }
}

/** Lets webhooks through, and holds them back while the server is being restarted. */
export class RestartGate {
  #restarting: Promise<void> | null = null;
  #underWay = 0;
  #whenIdle: (() => void)[] = [];
  #restarts = 0;
  readonly #onRestarted: () => void;

  /** `onRestarted` is called when the server is back. */
  constructor(onRestarted: () => void = () => {}) {
    this.#onRestarted = onRestarted;
  }

  /** How often the server was restarted. */
  get restarts(): number {
    return this.#restarts;
  }

  /** Does `send` as soon as the server isn't being restarted. */
  async through<T>(send: () => Promise<T>): Promise<T> {
    while (this.#restarting !== null) await this.#restarting.catch(() => undefined);
    this.#underWay++;
    try {
      return await send();
    } finally {
      this.#underWay--;
      if (this.#underWay === 0) for (const idle of this.#whenIdle.splice(0)) idle();
    }
  }

  /** Restarts the server, first waiting for what is under way where `drain` says so. A restart that has begun already is joined. */
  restart(restart: () => Promise<void>, drain: boolean): Promise<void> {
    this.#restarting ??= this.#run(restart, drain).finally(() => {
      this.#restarting = null;
    });
    return this.#restarting;
  }

  async #run(restart: () => Promise<void>, drain: boolean): Promise<void> {
    if (drain && this.#underWay > 0) await new Promise<void>((resolve) => this.#whenIdle.push(resolve));
    this.#restarts++;
    await restart();
    this.#onRestarted();
  }
}

/** Subaccounts beyond which none are remembered. */
const MOST = 100;

/** The subaccounts that a server hears of: those that are configured, and those that webhooks have named. Some webhooks name none. */
export class SubAccounts {
  readonly #configured: readonly string[];
  readonly #known: Set<string>;

  constructor(configured: readonly string[]) {
    this.#configured = configured;
    this.#known = new Set(configured);
  }

  /** Stands in where a webhook names none; null where there are several, or nobody knows. */
  get only(): string | null {
    return this.#configured.length === 1 ? (this.#configured[0] ?? null) : null;
  }

  /** Where the session of a webhook that names none may belong. */
  get all(): readonly string[] {
    return [...this.#known];
  }

  /** Whether subaccounts are configured and this is none of them. */
  isForeign(id: string): boolean {
    return this.#configured.length > 0 && !this.#configured.includes(id);
  }

  /** A webhook has named this one. */
  saw(id: string): void {
    if (this.#known.size < MOST) this.#known.add(id);
  }
}

/** Who calls whom, and for which subaccount. */
export interface Parties {
  readonly subAccountId: string;
  readonly from: string;
  readonly to: string;
}

/** Posts of outbound calls that are under way in this process: webhooks that are faster than the answer to their post wait for it. */
export class Posts {
  readonly #posts = new Map<string, Set<Promise<void>>>();

  /** Resolves with the post. */
  async track(parties: Parties, post: Promise<void>): Promise<void> {
    const key = keyOf(parties);
    const posts = this.#posts.get(key) ?? new Set();
    this.#posts.set(key, posts.add(post));
    try {
      await post;
    } finally {
      posts.delete(post);
      if (posts.size === 0) this.#posts.delete(key);
    }
  }

  /** Resolves when the posts between these parties have settled. */
  async settled(parties: Parties): Promise<void> {
    await Promise.allSettled([...(this.#posts.get(keyOf(parties)) ?? [])]);
  }
}

function keyOf({ subAccountId, from, to }: Parties): string {
  return [subAccountId, from.replace(/^\+/, ''), to.replace(/^\+/, '')].join('/');
}

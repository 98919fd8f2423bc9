/** What a caller answered. What was not asked any more, or not answered, is null. */
export interface Answers {
  readonly friendly: number | null;
  readonly solved: boolean | null;
}

/** By the step's idempotency key: a step that is repeated after a crash writes the same row again, and not a second one. */
const saved = new Map<string, Answers>();

/** Keeps the answers of one call. */
export async function saveAnswers(key: string, answers: Answers): Promise<void> {
  saved.set(key, answers);
}

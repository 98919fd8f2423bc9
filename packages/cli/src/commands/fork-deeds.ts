import type { Deed } from '@hookswitch/dsl/inside/fork';

const OUTCOMES = ['answered', 'busy', 'no-answer', 'declined', 'failed', 'unknown'] as const;

/** What is done in a fork, as it is written on a command line: keys, `silence`, how a bridge ends, `hang-up`, `recorded`, `fails`, JSON, or the name of an example. */
export function deedsOf(words: readonly string[]): readonly Deed[] {
  return words.map(deedOf);
}

function deedOf(word: string): Deed {
  if (/^[0-9*#]+$/.test(word)) return { press: word };
  if (word === 'silence') return { silence: true };
  if (word === 'hang-up') return { hangUp: true };
  if (word === 'recorded') return { recorded: true };
  if (word === 'fails') return { fails: { name: 'Error', message: 'made to fail in a fork' } };
  const outcome = OUTCOMES.find((one) => one === word);
  if (outcome !== undefined) return { bridge: outcome };
  try {
    return { result: { value: JSON.parse(word) as unknown } };
  } catch {
    return { example: word };
  }
}

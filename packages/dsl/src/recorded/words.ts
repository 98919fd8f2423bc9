import type { Action } from '../callflow/actions.ts';

/** In place of what is masked. */
const MASK = '•';
/** A masked number, or what may be one: six digits or more, with little between them. */
const NUMBERS = /\+?\s?[\d•](?:[\s().-]{0,3}[\d•]){5,}|•{4}/g;

/** What a caller notices of a batch, in order: texts, files, and whom they are connected to. Voices and how often a text is repeated are left out. */
export function wordsOf(actions: readonly Action[]): readonly string[] {
  return actions.flatMap((action) => {
    switch (action.action) {
      case 'say':
        return [action.params.text];
      case 'sayAndCapture':
        return [action.params.promptMessage];
      case 'playFile':
        return [`♪ ${action.params.fileUrl}`];
      case 'makeCall':
        return [`☎ ${action.params.destination.replace(/^\+/, '')}`];
      default:
        return [];
    }
  });
}

/** Whether two batches sound alike. Where one has masked numbers, any number is like any other. */
export function sameWords(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((words, index) => isSame(words, other[index] as string));
}

function isSame(one: string, other: string): boolean {
  if (one === other) return true;
  if (!one.includes(MASK) && !other.includes(MASK)) return false;
  return withoutNumbers(one) === withoutNumbers(other);
}

function withoutNumbers(text: string): string {
  return text.replace(NUMBERS, '#');
}

import { currentRun } from './current-run.ts';
import { type PhraseName, PHRASES, type Phrases } from './phrases.ts';
import type { Text } from './text.ts';

/** The words of a phrase: the question's own, else the running flow's, else the built-in ones. */
export function phrase(name: PhraseName, own: Phrases = {}): Text {
  return own[name] ?? currentRun()?.options.phrases[name] ?? PHRASES[name];
}

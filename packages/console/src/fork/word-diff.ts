import { diffArrays } from 'diff';
import type { WordPart } from '../fork-views.ts';

/** Differences beyond these are not looked for: both texts stand as they are. */
const MAX_EDITS = 400;

/** Two texts word by word, in the words of any language. */
export function diffWords(then: string, now: string): readonly WordPart[] {
  if (then === now) return then === '' ? [] : [{ in: 'both', text: then }];
  const changes = diffArrays(wordsIn(then), wordsIn(now), { maxEditLength: MAX_EDITS }) as
    ReturnType<typeof diffArrays<string>> | undefined;
  const parts: readonly WordPart[] =
    changes === undefined
      ? [
          { in: 'then', text: then },
          { in: 'now', text: now },
        ]
      : changes.map(({ added, removed, value }) => ({ in: added ? 'now' : removed ? 'then' : 'both', text: value.join('') }));
  return parts.filter(({ text }) => text !== '');
}

/** Texts heard one after the other, each beside its like: first those that are the same, then those at the same place. */
export function diffTexts(then: readonly string[], now: readonly string[]): readonly (readonly WordPart[])[] {
  const lines: (readonly WordPart[])[] = [];
  let [left, added]: [string[], string[]] = [[], []];
  const flush = (): void => {
    const length = Math.max(left.length, added.length);
    for (let index = 0; index < length; index++) lines.push(diffWords(left[index] ?? '', added[index] ?? ''));
    [left, added] = [[], []];
  };
  for (const change of diffArrays([...then], [...now])) {
    if (change.removed) left.push(...change.value);
    else if (change.added) added.push(...change.value);
    else {
      flush();
      lines.push(...change.value.map((text) => diffWords(text, text)));
    }
  }
  flush();
  return lines;
}

function wordsIn(text: string): string[] {
  return [...new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text)].map(({ segment }) => segment);
}

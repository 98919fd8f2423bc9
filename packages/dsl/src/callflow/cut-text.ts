/** What a reader takes for one character: an emoji of several parts, a flag, a letter with its accents. */
const characters = new Intl.Segmenter('en', { granularity: 'grapheme' });
/** More than the longest emoji has. */
const MAX_CHARACTER = 64;

/** `text`, or at most its first `most` UTF-16 units with `…` behind; never ends within a character. */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text;
  const near = text.slice(0, most + MAX_CHARACTER);
  return `${near.slice(0, characters.segment(near).containing(most)?.index ?? most)}…`;
}

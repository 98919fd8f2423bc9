/** Widths of characters in parts of the font size; what is not listed is as wide as an ordinary letter. */
const NARROW = /[ijl.,:;!'|()[\]\- ]/;
const WIDE = /[mwMW@%—]/;
/** How much wider bold letters are. */
export const BOLD = 1.12;
const CAPITAL = /[A-Z0-9#*+–•]/;
/** Ideographs, kana, hangul and full-width forms take a whole square. */
const SQUARE = /[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60\u{1f300}-\u{1faff}\u{20000}-\u{3ffff}]/u;

const CHARACTERS = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** About how wide `text` is, in pixels: good enough to make room for it in any of the usual fonts. */
export function textWidth(text: string, fontSize: number): number {
  let width = 0;
  for (const character of text) width += SQUARE.test(character) ? 1 : relativeWidth(character);
  return Math.ceil(width * fontSize);
}

function relativeWidth(character: string): number {
  if (NARROW.test(character)) return 0.34;
  if (WIDE.test(character)) return 0.9;
  return CAPITAL.test(character) ? 0.66 : 0.56;
}

/** `text` in lines of at most `width` pixels; what doesn't fit into `lines` of them ends in `…`. */
export function wrapText(text: string, fontSize: number, width: number, lines: number): readonly string[] {
  const wrapped: string[] = [];
  let rest = text.replace(/\s+/g, ' ').trim();
  while (rest !== '' && wrapped.length < lines) {
    const head = takeLine(rest, fontSize, width);
    rest = rest.slice(head.length).trimStart();
    wrapped.push(head.trimEnd());
  }
  const last = wrapped.at(-1);
  if (rest !== '' && last !== undefined) wrapped[wrapped.length - 1] = cutText(`${last} ${rest}`, fontSize, width);
  return wrapped;
}

/** `text`, or as much of it as fits with `…` behind. */
export function cutText(text: string, fontSize: number, width: number): string {
  if (textWidth(text, fontSize) <= width) return text;
  let kept = '';
  for (const character of charactersOf(text)) {
    if (textWidth(`${kept}${character}…`, fontSize) > width) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}

/** What a reader takes for one character: an emoji may have several parts. */
function charactersOf(text: string): readonly string[] {
  return Array.from(CHARACTERS.segment(text), ({ segment }) => segment);
}

function takeLine(text: string, fontSize: number, width: number): string {
  let line = '';
  let end = 0;
  for (const character of charactersOf(text)) {
    if (textWidth(line + character, fontSize) > width) return end > 0 ? text.slice(0, end) : line || character;
    line += character;
    if (character === ' ' || SQUARE.test(character)) end = line.length;
  }
  return text;
}

/** What JSON.parse says of a text that would be JSON if it went on. */
const TOO_SHORT = /end of JSON input|end of input/i;

/** The line, from 1, in which a text stops being JSON; its last one where it only ends too early. `text` must be no JSON. */
export function brokenLine(text: string): number {
  const ends = [...text.matchAll(/\n/g)].map(({ index }) => index);
  const lines = [...ends, text.length];
  // Tokens don't go on in a next line, so that a broken line stays broken, whatever follows.
  let [sound, broken] = [-1, lines.length - 1];
  while (broken - sound > 1) {
    const middle = (sound + broken) >> 1;
    if (isBroken(text.slice(0, lines[middle]))) broken = middle;
    else sound = middle;
  }
  return broken + 1;
}

function isBroken(start: string): boolean {
  if (start.trim() === '') return false;
  try {
    JSON.parse(start);
    return false;
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    const [, position = '-1'] = /at position (\d+)/.exec(message) ?? [];
    // No string goes on in a next line.
    if (message.startsWith('Unterminated string')) return true;
    return !TOO_SHORT.test(message) && Number(position) < start.length;
  }
}

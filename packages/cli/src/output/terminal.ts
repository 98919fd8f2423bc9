import { randomBytes } from 'node:crypto';
import type { Output } from '../context.ts';

/**
 * Stands for ESC in what this program itself says to a terminal: colours, and the line that goes away. It is drawn anew for each process, so that no text from
 * outside can hold it.
 */
export const ESC = `\uf8ff${randomBytes(9).toString('base64url')}\uf8ff`;

/** What a terminal takes for a command, a carriage return included: it would let one text hide another. Not among them: line ends and tabs. */
const COMMANDS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;
const SHOWN = '\ufffd';
/** Letters that turn the direction of what follows, so that a text reads as another one. */
const TURNS = /[\u202a-\u202e\u2066-\u2069]/g;

/** A text from anywhere, as it may be shown: names of flows, errors of steps and answers of servers send no commands to the terminal. */
export function shown(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(COMMANDS, SHOWN).replace(TURNS, SHOWN);
}

/** Where all text of a command goes out: commands to the terminal are taken out, but for our own. */
export function guarded(output: Output): Output {
  return {
    write: (text) => output.write(shown(text).replaceAll(ESC, '\u001b')),
    get isTTY() {
      return output.isTTY === true;
    },
  };
}

/** JSON in which nothing is a command to a terminal, and which says the same. */
export function jsonText(value: unknown): string {
  return (JSON.stringify(value, null, 2) ?? 'null').replace(
    /[\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

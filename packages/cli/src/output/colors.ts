import picocolors from 'picocolors';
import type { CliContext, Output } from '../context.ts';
import { ESC, shown } from './terminal.ts';

/** Functions that colour text, or leave it as it is. */
export type Colors = ReturnType<typeof picocolors.createColors>;

type Paint = (text: string) => string;

/** A colour whose commands to the terminal are known as ours; those of the text that it paints are not. */
function ownEscapes(paint: Paint): Paint {
  return (text) => paint(shown(String(text))).replaceAll('\u001b', ESC);
}

/** Colours for an output: on a terminal, unless NO_COLOR says no; elsewhere only where FORCE_COLOR asks for them. */
export function colorsFor(output: Output, env: CliContext['env']): Colors {
  const forced = env['FORCE_COLOR'] !== undefined && env['FORCE_COLOR'] !== '0';
  const isPlain = (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb';
  const plain = picocolors.createColors(forced || (output.isTTY === true && !isPlain));
  const paints = Object.entries(plain).map(([name, paint]) => [name, typeof paint === 'function' ? ownEscapes(paint as Paint) : paint]);
  return Object.fromEntries(paints) as Colors;
}

import picocolors from 'picocolors';
import type { CliContext, Output } from '../context.ts';

/** Functions that colour text, or leave it as it is. */
export type Colors = ReturnType<typeof picocolors.createColors>;

/** Colours for an output: on a terminal, unless NO_COLOR says no; elsewhere only where FORCE_COLOR asks for them. */
export function colorsFor(output: Output, env: CliContext['env']): Colors {
  const forced = env['FORCE_COLOR'] !== undefined && env['FORCE_COLOR'] !== '0';
  const isPlain = (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb';
  return picocolors.createColors(forced || (output.isTTY === true && !isPlain));
}

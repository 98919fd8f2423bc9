import type { AppOptions } from '../../app.ts';
import type { CliContext } from '../context.ts';
import { colorsFor } from './colors.ts';

/** Log lines as one reads them on a terminal, and as JSON elsewhere. */
export async function logStream({ out, env }: CliContext): Promise<NonNullable<AppOptions['logStream']>> {
  if (out.isTTY !== true) return { write: (line) => void out.write(line) };
  const { prettyFactory } = await import('pino-pretty');
  const format = prettyFactory({ colorize: colorsFor(out, env).isColorSupported, ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss' });
  return { write: (line) => void out.write(format(line)) };
}

import { type LineStream, standardLines } from '@hookswitch/runtime/inside/process';
import type { CliContext } from '../context.ts';
import { colorsFor } from './colors.ts';
import { shown } from './terminal.ts';

/** Log lines as one reads them on a terminal, and as JSON elsewhere. */
export async function logStream({ out, env }: CliContext): Promise<LineStream> {
  const stream: LineStream = out === process.stdout ? standardLines(1) : out;
  if (out.isTTY !== true) return stream;
  const { prettyFactory } = await import('pino-pretty');
  const format = prettyFactory({ colorize: colorsFor(out, env).isColorSupported, ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss' });
  return {
    write: (line, done) => stream.write(format(shownLine(line)), done),
    get writableLength() {
      return stream.writableLength ?? 0;
    },
  };
}

/** A line whose texts send no commands to the terminal, once it is made to be read: errors of steps are among them. */
function shownLine(line: string): string {
  try {
    return JSON.stringify(JSON.parse(line, (_key, value: unknown) => (typeof value === 'string' ? shown(value) : value)));
  } catch {
    return shown(line);
  }
}

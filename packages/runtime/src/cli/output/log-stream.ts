import { type LineStream, standardLines } from '../../observe/log-output.ts';
import type { CliContext } from '../context.ts';
import { colorsFor } from './colors.ts';

/** Log lines as one reads them on a terminal, and as JSON elsewhere. */
export async function logStream({ out, env }: CliContext): Promise<LineStream> {
  const stream: LineStream = out === process.stdout ? standardLines(1) : out;
  if (out.isTTY !== true) return stream;
  const { prettyFactory } = await import('pino-pretty');
  const format = prettyFactory({ colorize: colorsFor(out, env).isColorSupported, ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss' });
  return {
    write: (line, done) => stream.write(format(line), done),
    get writableLength() {
      return stream.writableLength ?? 0;
    },
  };
}

import { hideCredentials } from '@hookswitch/runtime/inside/process';
import type { CliContext } from './context.ts';
import { EXIT_CODES, type ExitCode } from './exit-codes.ts';
import { type Colors, colorsFor } from './output/colors.ts';
import { guarded, jsonText } from './output/terminal.ts';
import { Progress } from './output/progress.ts';

/** What a command works with. */
export interface Cli {
  readonly context: CliContext;
  /** Colours of what `print` prints. */
  readonly colors: Colors;
  /** Colours of what `tell` says. */
  readonly noteColors: Colors;
  readonly progress: Progress;
  /** A line of the result. */
  print(line: string): void;
  /** A result as JSON. */
  printJson(value: unknown): void;
  /** A note beside the result, without the credentials of URLs that it quotes. */
  tell(line: string): void;
  /** What the command exits with if nothing is thrown. @default 0 */
  exitCode: ExitCode;
}

/** Makes what commands work with. */
export function createCli(context: CliContext): Cli {
  const [out, err] = [guarded(context.out), guarded(context.err)];
  const progress = new Progress(err);
  return {
    context,
    colors: colorsFor(context.out, context.env),
    noteColors: colorsFor(context.err, context.env),
    progress,
    print: (line) => {
      progress.done();
      out.write(`${line}\n`);
    },
    printJson: (value) => {
      progress.done();
      out.write(`${jsonText(value)}\n`);
    },
    tell: (line) => {
      progress.done();
      err.write(`${hideCredentials(line)}\n`);
    },
    exitCode: EXIT_CODES.ok.code,
  };
}

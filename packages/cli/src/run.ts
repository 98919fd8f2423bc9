import { type AddHelpTextContext, Command, CommanderError } from 'commander';
import { type Cli, createCli } from './cli.ts';
import { addCommands } from './commands/index.ts';
import type { CliContext } from './context.ts';
import { EXIT_CODES, type ExitCode } from './exit-codes.ts';
import { guarded } from './output/terminal.ts';
import { packageVersion } from './package-version.ts';

/** Runs the command line `args` (without program and script) and gives what to exit with. Never rejects. */
export async function run(args: readonly string[], context: CliContext): Promise<ExitCode> {
  const cli = createCli(context);
  try {
    const program = await createProgram(cli, args);
    await program.parseAsync(args, { from: 'user' });
    return cli.exitCode;
  } catch (error) {
    cli.progress.done();
    // Commander has said what is wrong already.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT_CODES.ok.code : EXIT_CODES.usage.code;
    const { exitCodeOf, reportError } = await import('./report-error.ts');
    reportError(cli, error, args.includes('--debug'));
    return exitCodeOf(error);
  }
}

/** The program with its commands; those that `args` don't name have nothing but their descriptions. Without `args`, all are there in full. */
export async function createProgram(cli: Cli, args: readonly string[] | null = null): Promise<Command> {
  const [out, err] = [guarded(cli.context.out), guarded(cli.context.err)];
  const program = new Command('hookswitch')
    .description('Phone menus as generator functions, served to the 8x8 Voice API.')
    // A program's options may stand behind a command, too: there `--version` is the command's own.
    .version(packageVersion(), args?.includes('insights') === true ? '-v' : '-v, --version', 'print the version')
    .helpOption('-h, --help', 'print help for a command')
    .option('-c, --config <file>', 'read this config file instead of hookswitch.config.ts')
    .option('--debug', 'print the stack of an error')
    .configureOutput({
      writeOut: (text) => out.write(text),
      writeErr: (text) => err.write(text),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .configureHelp({ showGlobalOptions: true, sortSubcommands: false, ...ONLY_NAMES })
    .exitOverride()
    .showHelpAfterError('(add --help for what can be given)')
    .addHelpText('after', ({ command }: AddHelpTextContext) => (command.name() === 'hookswitch' ? HELP : ''));
  await addCommands(program, cli, (name) => args?.includes(name) !== false);
  return program;
}

/** Commands are listed by name: what each takes is in its own help. */
const ONLY_NAMES = { subcommandTerm: (command: Command) => command.name() };

const HELP = `
Examples:
  $ hookswitch init my-ivr              make a working project
  $ hookswitch check flows/             explore every path and report problems
  $ hookswitch simulate support flows/  make many calls, with chaos, and compare what callers hear
  $ hookswitch start flows/             serve flows to 8x8

Settings come from flags, the environment, .env and hookswitch.config.ts; hookswitch config prints them.`;

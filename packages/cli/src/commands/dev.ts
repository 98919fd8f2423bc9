import { resolve } from 'node:path';
import { safeLog } from '@hookswitch/runtime/inside';
import { type Command, Option } from 'commander';
import { SETTINGS } from '../config/settings.ts';
import { formatPlace } from '../errors/flow-file-error.ts';
import type { Cli } from '../cli.ts';
import { startDev } from '../dev/dev.ts';
import type { CheckedProject, LoadedProject, LoadProblem } from '../dev/messages.ts';
import { findFlowFiles } from '../load/find-flow-files.ts';
import { configOf } from '../load/loaded-project.ts';
import { logStream } from '../output/log-stream.ts';
import { examples } from './examples.ts';
import { portValue } from './option-values.ts';
import { openBrowser, untilTold } from './until-told.ts';

interface Flags {
  readonly port?: number;
  readonly host?: string;
  readonly logLevel: string;
  readonly open?: boolean;
}

const DEFAULT_PORT = 3_000;
const LOOPBACK = '127.0.0.1';

/** `hookswitch dev [flows…]`: server, platform simulator and a telephone in the browser, reloading as one types. */
export function addDev(command: Command, cli: Cli): void {
  command
    .argument('[flows...]', 'folders and files with flows; default: those of the configuration, else flows/')
    .option('-p, --port <port>', SETTINGS.port.description, portValue)
    .option('--host <address>', SETTINGS.host.description)
    .option('-o, --open', 'open the page in the browser')
    .addOption(
      new Option('--log-level <level>', 'lowest level of the log lines that are shown').choices(SETTINGS.logLevel.enum).default('warn'),
    )
    .addHelpText(
      'after',
      examples(
        ['dev flows/', 'a telephone on http://127.0.0.1:3000/console/'],
        ['dev flows/support.ts --port 4000 --open', 'one flow, in the browser at once'],
      ),
    )
    .action(async (paths: string[], flags: Flags, command: Command) => {
      const { cwd } = cli.context;
      const { config: configFile = null } = command.optsWithGlobals<{ config?: string }>();
      for (const path of paths) findFlowFiles(resolve(cwd, path), path);
      // A config file that can't be read is a problem like one in a flow: it is shown, and may be mended while this runs.
      const config = await configOf(cli, command).catch(() => null);
      const log = safeLog(await logStream(cli.context));
      let warned = '';
      const running = await startDev({
        project: { cwd, paths, configFile, logLevel: flags.logLevel },
        // The host of production may be the whole network's; whoever wants that for a page without a password says so.
        host: flags.host ?? LOOPBACK,
        port: flags.port ?? config?.values.port ?? DEFAULT_PORT,
        output: { out: (line) => log.write(`${line}\n`), err: (line) => cli.tell(line) },
        onServing: (loaded, ms, generation) => tellServing(cli, loaded, ms, generation),
        onChecked: (checked, ms) => {
          tellChecked(cli, checked, ms);
          // The same again with each change would hide what is new.
          const warnings = checked.warnings.join('\n');
          if (warnings !== warned) tellWarnings(cli, checked.warnings);
          warned = warnings;
        },
        onProblem: (problem, isServing) => tellProblem(cli, problem, isServing),
      });
      // Whoever reads the address may end the command at once.
      const stopped = untilTold(cli);
      const page = `${running.url}/console/`;
      const { bold, cyan } = cli.noteColors;
      cli.tell(`${bold('Call your flows on')} ${cyan(page)}`);
      if (flags.open === true) openBrowser(page);
      await stopped;
      await running.close();
    });
}

function tellServing(cli: Cli, { flows }: LoadedProject, ms: number, generation: number): void {
  const { green, dim } = cli.noteColors;
  const names = flows.map(({ name }) => name).join(', ');
  cli.tell(`${green('✓')} ${generation === 1 ? 'Serving' : 'Reloaded'} ${names} ${dim(`in ${Math.round(ms)} ms`)}`);
}

function tellChecked(cli: Cli, { charts, problem }: CheckedProject, ms: number): void {
  const { green, red, dim } = cli.noteColors;
  if (problem === null) {
    const sites = charts.reduce((sum, chart) => sum + chart.sites.length, 0);
    cli.tell(`${green('✓')} Checked every path: ${sites === 1 ? '1 site' : `${sites} sites`} ${dim(`in ${(ms / 1_000).toFixed(1)} s`)}`);
    return;
  }
  cli.tell(`${red('✗')} ${placeText(problem)}${problem.message}`);
  cli.tell(dim(`  (${problem.code}) It is served all the same, and callers would trip over this.`));
}

function tellWarnings(cli: Cli, warnings: readonly string[]): void {
  const { yellow, dim } = cli.noteColors;
  const [first] = warnings;
  if (first === undefined) return;
  const others = warnings.length > 1 ? ` ${dim(`And ${warnings.length - 1} more: hookswitch check`)}` : '';
  cli.tell(`${yellow('!')} ${first}${others}`);
}

function placeText({ file, line, column }: LoadProblem): string {
  return file === null ? '' : `${formatPlace({ file, line, column })} `;
}

function tellProblem(cli: Cli, problem: LoadProblem, isServing: boolean): void {
  const { red, dim } = cli.noteColors;
  cli.tell(`${red('✗')} ${placeText(problem)}${problem.message}`);
  cli.tell(
    dim(`  (${problem.code}) ${isServing ? 'The last good version keeps serving.' : 'Nothing is served yet.'} Save the file to try again.`),
  );
}

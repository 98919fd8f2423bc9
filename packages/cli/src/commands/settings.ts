import type { SettingsChanged, SettingsView } from '@hookswitch/runtime/inside';
import type { Command } from 'commander';
import type { Cli } from '../cli.ts';
import { UsageError } from '../errors/usage-error.ts';
import { configOf } from '../load/loaded-project.ts';
import { changeLine, historyTable, settingsTables } from '../output/settings-tables.ts';
import { formatTable } from '../output/table.ts';
import { serverApi, type ServerApi, type ServerFlags, withServerOptions } from '../server-api.ts';
import { clockTime } from './clock-time.ts';
import { examples } from './examples.ts';
import { limitValue } from './option-values.ts';

interface Flags extends ServerFlags {
  readonly json?: boolean;
}

interface PeriodFlags extends Flags {
  readonly from?: string;
  readonly until?: string;
  readonly zone?: string;
  readonly reason?: string;
}

interface IntakeFlags extends PeriodFlags {
  readonly number?: string;
  readonly text?: string;
}

interface HistoryFlags extends Flags {
  readonly flow?: string;
  readonly limit?: number;
  readonly cursor?: string;
}

/** `hookswitch settings`: what operators change while a server runs, and the intake of flows and numbers. */
export function addSettings(settings: Command, cli: Cli): void {
  settings.addHelpText(
    'after',
    examples(
      ['settings', 'what holds now'],
      ['settings set support closedToday true --until 18:00 --reason "staff day"', 'until 18:00 here, today or tomorrow'],
      ['settings close support --text "We are back on Monday." --until 2026-11-23T08:00', 'turns callers away'],
      ['settings undo 0f8b…', 'takes one change of hookswitch settings history back'],
    ),
  );

  const ask = async (command: Command, flags: ServerFlags): Promise<ServerApi> => {
    const { values } = await configOf(cli, command);
    return serverApi(flags, values, cli.context);
  };
  const tell = ({ change, settings: now }: SettingsChanged, flags: Flags, nothing: string): void => {
    if (flags.json === true) cli.printJson({ change, settings: now });
    else if (change === null) cli.tell(nothing);
    else {
      cli.print(changeLine(change));
      cli.tell(`Calls that begin from now on hear it. Take it back: hookswitch settings undo ${change.id}`);
    }
  };

  const list = sub(settings, 'list', 'what flows declare, what holds now and who has set it (default)', { isDefault: true });
  list.addHelpText('after', examples(['settings list', 'what holds now']));
  list.action(async (flags: Flags) => {
    const view: SettingsView = await (await ask(list, flags)).settings();
    if (flags.json === true) cli.printJson(view);
    else
      cli.print(
        settingsTables(view)
          .map(({ title, rows }) => `${cli.colors.bold(title)}\n${formatTable(rows)}`)
          .join('\n\n'),
      );
  });

  const set = withPeriod(sub(settings, 'set', 'set a setting of a flow; the next call hears it'))
    .argument('<flow>', 'name of the flow')
    .argument('<name>', 'name of the setting')
    .argument('<value>', 'true or false, a number, a text; null for none');
  set.addHelpText(
    'after',
    examples(
      ['settings set support closedToday true --until 18:00', 'until clocks show 18:00'],
      ['settings set support notice null', 'no text'],
    ),
  );
  set.action(async (flow: string, name: string, text: string, flags: PeriodFlags) => {
    const period = periodOf(flags, cli);
    const api = await ask(set, flags);
    const kind = (await api.settings()).flows.find((one) => one.flow === flow)?.settings.find((one) => one.name === name)?.kind;
    tell(await api.setSetting(flow, name, { value: valueOf(text, kind), ...period }), flags, 'Nothing was changed.');
  });

  const unset = sub(settings, 'unset', 'take back what was set: the default holds again')
    .argument('<flow>', 'name of the flow')
    .argument('<name>', 'name of the setting, or intake')
    .option('--number <number>', 'of intake: one number of the flow');
  unset.addHelpText('after', examples(['settings unset support closedToday', 'the default holds again']));
  unset.action(async (flow: string, name: string, flags: IntakeFlags) => {
    const nothing = `Nothing is set of ${name} of ${flow}: the default holds.`;
    tell(await (await ask(unset, flags)).unsetSetting(flow, name, flags.number ?? null), flags, nothing);
  });

  const close = withPeriod(sub(settings, 'close', 'close the intake of a flow or a number: callers hear a text, and nobody is called'))
    .argument('<flow>', 'name of the flow')
    .option('--number <number>', 'only one number of the flow')
    .option('--text <text>', "what callers hear; default: the flow's phrase intakeClosed");
  close.addHelpText(
    'after',
    examples(
      ['settings close support --text "We are back on Monday."', 'for all numbers of the flow'],
      ['settings close support --number +6531589338', 'for one'],
    ),
  );
  close.action(async (flow: string, flags: IntakeFlags) => {
    const { number, text: says } = flags;
    const body = {
      open: false,
      ...(says === undefined ? {} : { says }),
      ...(number === undefined ? {} : { number }),
      ...periodOf(flags, cli),
    };
    tell(await (await ask(close, flags)).setIntake(flow, body), flags, 'Nothing was changed.');
  });

  const open = sub(settings, 'open', 'open the intake of a flow or a number again')
    .argument('<flow>', 'name of the flow')
    .option('--number <number>', 'only one number of the flow');
  open.addHelpText('after', examples(['settings open support', 'takes calls again']));
  open.action(async (flow: string, flags: IntakeFlags) => {
    const { number } = flags;
    const body = { open: true, ...(number === undefined ? {} : { number }) };
    tell(await (await ask(open, flags)).setIntake(flow, body), flags, `Intake of ${number ?? flow} is open already.`);
  });

  const history = sub(settings, 'history', 'who has changed which setting, newest first')
    .option('--flow <name>', 'of one flow')
    .option('--limit <number>', '1..500', limitValue)
    .option('--cursor <cursor>', 'the next page, from the end of the one before');
  history.addHelpText('after', examples(['settings history --flow support', 'of one flow']));
  history.action(async (flags: HistoryFlags) => {
    const { flow, limit, cursor } = flags;
    const query = {
      ...(flow === undefined ? {} : { flow }),
      ...(limit === undefined ? {} : { limit }),
      ...(cursor === undefined ? {} : { cursor }),
    };
    const page = await (await ask(history, flags)).settingsHistory(query);
    if (flags.json === true) {
      cli.printJson(page);
      return;
    }
    if (page.entries.length === 0) cli.tell('Nothing was changed.');
    else cli.print(formatTable(historyTable(page.entries)));
    if (page.cursor !== null) cli.tell(`There are more: add --cursor ${page.cursor}`);
  });

  const undo = sub(settings, 'undo', 'put back what was there before a change')
    .argument('<id>', 'of the change, from hookswitch settings history')
    .option('--reason <text>', 'why, for others who look at it');
  undo.addHelpText('after', examples(['settings undo 0f8b…', 'where nobody has changed it since']));
  undo.action(async (id: string, flags: PeriodFlags) => {
    tell(await (await ask(undo, flags)).undoSetting(id, flags.reason ?? null), flags, 'Nothing was changed.');
  });
}

function sub(parent: Command, name: string, description: string, options: { readonly isDefault?: boolean } = {}): Command {
  return withServerOptions(parent.command(name, options).description(description).option('--json', 'print JSON'));
}

function withPeriod(command: Command): Command {
  return command
    .option('--from <time>', 'when it begins: ISO 8601, or HH:MM; default: now')
    .option('--until <time>', 'when it ends, alike; default: when somebody changes it')
    .option('--zone <zone>', 'time zone of times without one, such as Asia/Singapore; default: that of this machine')
    .option('--reason <text>', 'why, for others who look at it');
}

/** When it holds, as the API is told. */
function periodOf({ from, until, zone = Intl.DateTimeFormat().resolvedOptions().timeZone, reason }: PeriodFlags, { context }: Cli) {
  const [startsAt, end] = (
    [
      ['--from', from],
      ['--until', until],
    ] as const
  ).map(([option, text]) => (text === undefined ? undefined : clockTime(option, text, zone, context.now())));
  return {
    ...(startsAt === undefined ? {} : { startsAt }),
    ...(end === undefined ? {} : { until: end }),
    ...(reason === undefined ? {} : { reason }),
  };
}

/** A value as its kind is written; the server says what is wrong with it. */
function valueOf(text: string, kind: string | undefined): unknown {
  if (text === '') throw new UsageError('A value is true or false, a number or a text; write null for none.');
  if (text === 'null') return null;
  if (kind === 'boolean') return /^(true|false)$/.test(text) ? text === 'true' : text;
  return kind === 'number' && /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

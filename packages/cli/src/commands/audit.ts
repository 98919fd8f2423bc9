import type { AuditQuery, AuditView } from '@hookswitch/runtime/inside';
import type { Command } from 'commander';
import type { Cli } from '../cli.ts';
import { configOf } from '../load/loaded-project.ts';
import { formatTable } from '../output/table.ts';
import { serverApi, type ServerFlags, withServerOptions } from '../server-api.ts';
import { examples } from './examples.ts';
import { limitValue, timeValue } from './option-values.ts';

interface Flags extends ServerFlags {
  readonly label?: string;
  readonly action?: string;
  readonly call?: string;
  readonly flow?: string;
  readonly since?: number;
  readonly until?: number;
  readonly limit?: number;
  readonly cursor?: string;
  readonly json?: boolean;
}

/** `hookswitch audit`: who has changed what on a running server. */
export function addAudit(command: Command, cli: Cli): void {
  const { now } = cli.context;
  command
    .option('--label <label>', 'what was done with one token')
    .option('--action <action>', 'call.place, call.end, call.signal, insights.count or settings.change')
    .option('--call <call>', 'what was done to one call')
    .option('--flow <name>', 'what was done with one flow')
    .option('--since <time>', 'done after: 30m, 2h, 7d, or ISO 8601', timeValue(now))
    .option('--until <time>', 'done before, alike', timeValue(now))
    .option('--limit <number>', '1..500', limitValue)
    .option('--cursor <cursor>', 'the next page, from the end of the one before')
    .option('--json', 'print JSON');
  withServerOptions(command)
    .addHelpText(
      'after',
      examples(
        ['audit', 'the newest'],
        ['audit --label grafana --since 1d', 'what one token did in a day'],
        ['audit --call 0f8b…', 'who had this call placed, and who ended it'],
      ),
    )
    .action(async (flags: Flags) => {
      const { values } = await configOf(cli, command);
      cli.progress.update('Reading the audit list …');
      const page = await serverApi(flags, values, cli.context).audit(queryOf(flags));
      cli.progress.done();
      if (flags.json === true) {
        cli.printJson(page);
        return;
      }
      if (page.entries.length === 0) cli.tell('No entries.');
      else
        cli.print(
          formatTable([['AT', 'LABEL', 'ROLE', 'ACTION', 'RESULT', 'FLOW', 'TO', 'CALL'].map(cli.colors.dim), ...page.entries.map(rowOf)]),
        );
      if (page.cursor !== null) cli.tell(`There are more: add --cursor ${page.cursor}`);
    });
}

function queryOf({ label, action, call, flow, since, until, limit, cursor }: Flags): AuditQuery {
  const iso = (at: number): string => new Date(at).toISOString();
  return {
    ...(label === undefined ? {} : { label }),
    ...(action === undefined ? {} : { action }),
    ...(call === undefined ? {} : { call }),
    ...(flow === undefined ? {} : { flow }),
    ...(since === undefined ? {} : { after: iso(since) }),
    ...(until === undefined ? {} : { before: iso(until) }),
    ...(limit === undefined ? {} : { limit }),
    ...(cursor === undefined ? {} : { cursor }),
  };
}

function rowOf({ at, label, role, action, result, flow, to, callId }: AuditView): readonly string[] {
  return [at, label, role, action, result === null ? 'not noted' : String(result), flow ?? '', to ?? '', callId ?? ''];
}

import type { Command } from 'commander';
import type { Cli } from '../cli.ts';

/** Gives a command its arguments, its options, its help with examples, and what it does. */
type Define = (command: Command, cli: Cli) => void;

/**
 * The commands, in the order in which help lists them: making, running, looking, 8x8. Each file is loaded only where its command is named, because most of them bring the
 * whole server along.
 */
const COMMANDS: Readonly<Record<string, readonly [description: string, load: () => Promise<Define>]>> = {
  init: ['make a working project: a flow, its test, its configuration', async () => (await import('./init.ts')).addInit],
  dev: ['call your flows in the browser while you write them; no 8x8 account needed', async () => (await import('./dev.ts')).addDev],
  check: ['explore every path of all flows and report what callers would trip over', async () => (await import('./check.ts')).addCheck],
  graph: ['draw the explored chart of a flow', async () => (await import('./graph.ts')).addGraph],
  simulate: [
    'make many calls, undisturbed and with chaos, and compare what callers heard',
    async () => (await import('./simulate.ts')).addSimulate,
  ],
  start: ['serve flows to 8x8', async () => (await import('./start.ts')).addStart],
  call: ['place a call with a running server', async () => (await import('./call.ts')).addCall],
  calls: ['look at calls, of a running server or in a store', async () => (await import('./calls.ts')).addCalls],
  settings: [
    'look at and change what operators may: settings of flows, and whether calls are taken',
    async () => (await import('./settings.ts')).addSettings,
  ],
  signal: ['send a signal to a call whose flow waits for it, or will', async () => (await import('./signal.ts')).addSignal],
  insights: [
    'show what the calls of a flow came to: where they went, where callers gave up, day by day',
    async () => (await import('./insights.ts')).addInsights,
  ],
  backfill: [
    'count calls that ended on a server which did not count, for insights; needs a token with the role operate',
    async () => (await import('./insights.ts')).addBackfill,
  ],
  audit: [
    'list who placed and ended calls, newest first; needs a token with the role admin',
    async () => (await import('./audit.ts')).addAudit,
  ],
  replay: [
    'replay recorded calls on the code as it is now: identical, extended or diverged',
    async () => (await import('./replay.ts')).addReplay,
  ],
  fork: [
    'play a call that happened on from one of its turns, on the code at hand; no step runs, nobody is called',
    async () => (await import('./fork.ts')).addFork,
  ],
  gate: [
    'replay open calls and a sample of past ones on the code at hand, before it is deployed',
    async () => (await import('./gate.ts')).addGate,
  ],
  config: ['print the effective configuration with origins, secrets hidden', async () => (await import('./config.ts')).addConfig],
  doctor: [
    'check Node, configuration, flows, store, secrets, and what is registered at 8x8',
    async () => (await import('./doctor.ts')).addDoctor,
  ],
  webhooks: ['the webhooks that are registered at 8x8', async () => (await import('./webhooks.ts')).addWebhooks],
  voices: ['list the voices of the account', async () => (await import('./voices.ts')).addVoices],
  numbers: ['list the virtual numbers of the account and how they fare', async () => (await import('./numbers.ts')).addNumbers],
  logs: ['logs of calls that 8x8 exports as CSV files', async () => (await import('./logs.ts')).addLogs],
};

/** Adds all commands to the program: those that `isNamed` says are wanted in full, all others for the list in its help. */
export async function addCommands(program: Command, cli: Cli, isNamed: (command: string) => boolean): Promise<void> {
  for (const [name, [description, load]] of Object.entries(COMMANDS)) {
    const command = program.command(name).description(description);
    if (isNamed(name)) (await load())(command, cli);
  }
}

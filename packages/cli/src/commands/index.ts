import type { Command } from 'commander';
import type { Cli } from '../cli.ts';
import { addAudit } from './audit.ts';
import { addCall } from './call.ts';
import { addCalls } from './calls.ts';
import { addCheck } from './check.ts';
import { addConfig } from './config.ts';
import { addDev } from './dev.ts';
import { addDoctor } from './doctor.ts';
import { addFork } from './fork.ts';
import { addGate } from './gate.ts';
import { addGraph } from './graph.ts';
import { addInit } from './init.ts';
import { addInsights } from './insights.ts';
import { addLogs } from './logs.ts';
import { addNumbers } from './numbers.ts';
import { addReplay } from './replay.ts';
import { addSettings } from './settings.ts';
import { addSignal } from './signal.ts';
import { addSimulate } from './simulate.ts';
import { addStart } from './start.ts';
import { addVoices } from './voices.ts';
import { addWebhooks } from './webhooks.ts';

/** Adds one command to the program: its arguments, its options, its help with examples, and what it does. */
type AddCommand = (program: Command, cli: Cli) => void;

/** The commands, in the order in which help lists them: making, running, looking, 8x8. */
const COMMANDS: readonly AddCommand[] = [
  addInit,
  addDev,
  addCheck,
  addGraph,
  addSimulate,
  addStart,
  addCall,
  addCalls,
  addSettings,
  addSignal,
  addInsights,
  addAudit,
  addReplay,
  addFork,
  addGate,
  addConfig,
  addDoctor,
  addWebhooks,
  addVoices,
  addNumbers,
  addLogs,
];

/** Adds all commands to the program. */
export function addCommands(program: Command, cli: Cli): void {
  for (const add of COMMANDS) add(program, cli);
}

import { isHookswitchError } from '@hookswitch/dsl';
import type { Cli } from './cli.ts';
import { EXIT_CODES, type ExitCode } from './exit-codes.ts';

/** Codes of what stands outside: the command and the project are in order. */
const OUTSIDE = /^HS_(PLATFORM_(?!ARGUMENT|CALLFLOW)|STORE_(?!ARGUMENT|DRIVER)|SERVER_|LISTEN$|INSTALL$)/;
/** Codes of what was asked for wrongly. */
const USAGE =
  /^HS_(USAGE|CONFIG|TEXT_FILE|REQUEST|CALL_PARAMS|SIMULATOR_OPTION|FLOW_UNKNOWN|FLOWS_MISSING|COVERAGE_FILE|PROJECT|ROUTING|WEBHOOK_SECRET_MISSING|SHARED_SECRET|ADDRESS_LIST_\w+|SEAL_KEY_\w+|STORE_ARGUMENT|STORE_DRIVER|PLATFORM_ARGUMENT)$/;

/** What a command exits with that ended in `error`. */
export function exitCodeOf(error: unknown): ExitCode {
  if (!isHookswitchError(error)) return EXIT_CODES.internal.code;
  if (OUTSIDE.test(error.code)) return EXIT_CODES.outside.code;
  return USAGE.test(error.code) ? EXIT_CODES.usage.code : EXIT_CODES.findings.code;
}

/** Says what went wrong: one message and its code; the stack only of what nobody foresaw, or where `--debug` asks for it. */
export function reportError(cli: Cli, error: unknown, debug: boolean): void {
  const { red, dim } = cli.noteColors;
  if (!isHookswitchError(error)) {
    cli.tell(`${red('hookswitch:')} something went wrong that should not have. Please report it with what follows.`);
    cli.tell(stackOf(error));
    return;
  }
  cli.tell(`${red('hookswitch:')} ${error.message}`);
  cli.tell(dim(`(${error.code}, see docs/errors.md)`));
  if (!debug) return;
  for (let cause: unknown = error; cause !== undefined && cause !== null; cause = cause instanceof Error ? cause.cause : null)
    cli.tell(dim(stackOf(cause)));
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

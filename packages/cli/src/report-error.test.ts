import { HookswitchError } from '@hookswitch/dsl';
import { CallParamsError, PlatformArgumentError, PlatformUnauthorizedError, StoreArgumentError } from '@hookswitch/runtime';
import { ConfigError, ListenError } from '@hookswitch/runtime/inside';
import { describe, expect, it } from 'vitest';
import { FlowFileError } from './errors/flow-file-error.ts';
import { FlowsMissingError } from './errors/flows-missing-error.ts';
import { InstallError } from './errors/install-error.ts';
import { ServerUnreachableError } from './errors/server-unreachable-error.ts';
import { UsageError } from './errors/usage-error.ts';
import { exitCodeOf } from './report-error.ts';

/** An error of the server that is known by its code alone. */
class CodedError extends HookswitchError {
  override readonly name = 'CodedError';
  readonly code: `HS_${string}`;

  constructor(code: `HS_${string}`) {
    super(code);
    this.code = code;
  }
}

describe('exitCodeOf', () => {
  it.each([
    [new UsageError('x'), 2],
    [new ConfigError('port', 'x'), 2],
    [new FlowsMissingError('flows', 'x'), 2],
    [new CodedError('HS_WEBHOOK_SECRET_MISSING'), 2],
    [new CodedError('HS_SEAL_KEY_MISSING'), 2],
    [new StoreArgumentError('x', 'y'), 2],
    [new PlatformArgumentError('x', 'y'), 2],
    [new FlowFileError({ file: 'a.ts', line: 1, column: 2 }, 'x'), 1],
    [new CallParamsError('a', [{ path: [], message: 'x' }]), 2],
    [new ListenError('127.0.0.1', 1, null), 3],
    [new CodedError('HS_STORE_IN_USE'), 3],
    [new ServerUnreachableError('http://x', null), 3],
    [new PlatformUnauthorizedError('GET webhooks', 401, 'Acme'), 3],
    [new InstallError('x', 'y'), 3],
    [new TypeError('x'), 70],
    [null, 70],
  ])('of %s is %i', (error, code) => {
    expect(exitCodeOf(error)).toBe(code);
  });
});

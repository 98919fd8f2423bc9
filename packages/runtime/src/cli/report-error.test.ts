import { describe, expect, it } from 'vitest';
import * as errors from '../errors/index.ts';
import { exitCodeOf } from './report-error.ts';

describe('exitCodeOf', () => {
  it.each([
    [new errors.UsageError('x'), 2],
    [new errors.ConfigError('port', 'x'), 2],
    [new errors.FlowsMissingError('flows', 'x'), 2],
    [new errors.UnverifiedWebhooksError(), 2],
    [new errors.SealKeyMissingError(null), 2],
    [new errors.StoreArgumentError('x', 'y'), 2],
    [new errors.PlatformArgumentError('x', 'y'), 2],
    [new errors.FlowFileError({ file: 'a.ts', line: 1, column: 2 }, 'x'), 1],
    [new errors.CallParamsError('a', [{ path: [], message: 'x' }]), 2],
    [new errors.ListenError('127.0.0.1', 1, null), 3],
    [new errors.StoreInUseError('x.db', null), 3],
    [new errors.ServerUnreachableError('http://x', null), 3],
    [new errors.PlatformUnauthorizedError('GET webhooks', 401, 'Acme'), 3],
    [new errors.InstallError('x', 'y'), 3],
    [new TypeError('x'), 70],
    [null, 70],
  ])('of %s is %i', (error, code) => {
    expect(exitCodeOf(error)).toBe(code);
  });
});

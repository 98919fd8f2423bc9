import { HookswitchError } from '@hookswitch/dsl';

/** A hook has not returned in time. What it was told is told again, with the same idempotency key. */
export class HookTimeoutError extends HookswitchError {
  override readonly name = 'HookTimeoutError';
  readonly code = 'HS_HOOK_TIMEOUT';
  /** Name of the hook, e.g. `onEnd`. */
  readonly hook: string;
  /** Milliseconds. */
  readonly timeout: number;

  constructor(hook: string, timeout: number) {
    super(`hooks.${hook} has not returned within ${timeout} ms. Make it hand its work to something that lasts, and return.`);
    this.hook = hook;
    this.timeout = timeout;
  }
}

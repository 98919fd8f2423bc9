import type { Action } from '../callflow/actions.ts';
import type { Log } from '../effects/log.ts';
import type { Awaited } from '../effects/primitive.ts';
import type { FlowResultError } from '../errors/index.ts';
import type { AnySettingValues } from '../flow/settings.ts';
import type { TagValue } from '../flow/tags.ts';
import type { BareWait } from './walk.ts';

/**
 * What a flow waits for: the platform's next webhook, a step, a signal, what operators have set (which takes no time), the end of the session (it has said all it had to say),
 * nothing (`closed`), or nothing ever again because it threw (`failed`).
 */
export type Wait = 'platform' | 'step' | 'signal' | 'settings' | 'ended' | 'failed' | 'closed';

/** Where a flow stands after it was started or got an answer. */
export interface Decision {
  readonly wait: Wait;
  /** Name of the site; `ended`, `failed` or `closed` where the flow waits at none. */
  readonly site: string;
  /** What is waited for. */
  readonly effect: Awaited | null;
  /** The batch: all that was spoken since the platform was last waited for. Complete when `wait` is `platform` or `ended`. */
  readonly actions: readonly Action[];
  /** What is played while a signal is waited for, each piece an action; none where its author gave nothing, and at all other waits. */
  readonly hold: readonly Action[];
  /** Lines that the flow logged on the way here. */
  readonly logs: readonly Log[];
  /** All tags that the flow has set so far: of each the last value. */
  readonly tags: Readonly<Record<string, TagValue>>;
  /** What the flow has returned; null as long as it has not, and where that was nothing. */
  readonly result: unknown;
  /** Why it has no result, where it returned something that is none. */
  readonly resultError: FlowResultError | null;
  /** The settings that the flow has read; null as long as it has not. */
  readonly settings: AnySettingValues | null;
  /** The reason of the `decline` by which the flow has ended; null where it yielded none. */
  readonly declined: string | null;
  readonly language: string | null;
  /** Voice profile that is spoken now. */
  readonly voice: string;
  /** True once the session has ended: only `finally` and `uninterruptible` blocks still run. */
  readonly ending: boolean;
  /** The step that is waited for is in an `uninterruptible` block, or in a `finally` that a return has opened: it goes on, and is tried again, though the session ends meanwhile. */
  readonly uninterruptible: boolean;
  /** What the flow threw, when `wait` is `failed`, or `closed` after a `finally` block that threw. */
  readonly error: unknown;
  /** Waits that the flow has come to on the way here in a `finally` outside of an `uninterruptible` block. Where such a `finally` is entered in another way, they may be lost. */
  readonly bare: readonly BareWait[];
}

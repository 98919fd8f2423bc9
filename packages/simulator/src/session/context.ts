import type { CallflowResponse } from '@hookswitch/dsl';
import type { Behaviour } from '../behaviour.ts';
import type { FullParty } from '../callers/party.ts';
import type { ChaosSettings } from '../chaos/chaos-options.ts';
import type { RestartGate } from '../chaos/restart-gate.ts';
import type { Clock } from '../clock/clock.ts';
import type { Courier } from '../delivery/courier.ts';
import type { AudioFiles } from '../delivery/audio-files.ts';
import type { Fault } from '../faults.ts';
import type { NumberPool } from '../registry/number-pool.ts';
import type { Recordings } from '../registry/recordings.ts';
import type { Voices } from '../registry/voices.ts';
import type { WebhookRegistry } from '../registry/webhooks.ts';

/** What a platform is told about answers that only buy time. */
export interface Holds {
  /** Whether an answer is a hold: callers neither answer nor count its capture. */
  readonly isHold: (answer: CallflowResponse) => boolean;
  /**
   * Whether a text, or the address of a file, of the hold `answer` is filler, and so no part of what the caller heard. @default every text of a hold is, and no file
   */
  readonly isFiller?: (text: string, answer: CallflowResponse) => boolean;
}

/** What all sessions of a platform share. */
export interface PlatformContext {
  readonly subAccountId: string;
  readonly seed: string;
  /** What ids are drawn by. */
  readonly idSeed: string;
  readonly behaviour: Behaviour;
  readonly chaos: ChaosSettings | null;
  readonly clock: Clock;
  readonly courier: Courier;
  readonly gate: RestartGate;
  readonly webhooks: WebhookRegistry;
  readonly numbers: NumberPool;
  readonly voices: Voices;
  readonly files: AudioFiles;
  readonly recordings: Recordings;
  readonly holds: Holds | null;
  /** What the second party of a bridge does. */
  readonly partyAt: (destination: string, sessionId: string, call: string) => FullParty;
  readonly onFault: (fault: Fault) => void;
}

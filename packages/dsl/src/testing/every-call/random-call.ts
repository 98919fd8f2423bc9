import type { BridgeOutcome } from '../../effects/bridge.ts';
import type { StepFailure } from '../../effects/step.ts';
import type { Call } from '../../flow/call.ts';
import type { AnySettingValues } from '../../flow/settings.ts';
import type { TagValue } from '../../flow/tags.ts';
import type { EndedBy } from '../transcript.ts';

/** A step that ran in a random call. */
export type StepRun = { readonly name: string; readonly site: string } & ({ readonly value: unknown } | { readonly error: StepFailure });

/** A bridge of a random call. */
export interface BridgeRun {
  /** The number, as the flow gave it. */
  readonly to: string;
  readonly site: string;
  /** How it ended; null while it is open, and where the caller hung up and nobody knows. */
  readonly outcome: BridgeOutcome | null;
}

/** What had happened in a random call up to some moment. */
export interface CallSoFar {
  /** Every site at which the flow waited, in order, as often as it did; steps are sites, too. */
  readonly sites: readonly string[];
  /** Every text and audio file that the caller heard, oldest first. */
  readonly heard: readonly string[];
  /** Every bridge that was opened, in order. */
  readonly bridged: readonly BridgeRun[];
  /** Every step that came to its end, in order. */
  readonly steps: readonly StepRun[];
  /** The tags that the flow had set: of each the last value. */
  readonly tags: Readonly<Record<string, TagValue>>;
  /** Who hung up; null while nobody had. */
  readonly ended: EndedBy | null;
}

/** A random call that is over: what a sentence of `forEveryCall` is about. */
export interface RandomCall<R = unknown> extends CallSoFar {
  /** What the flow knows of the call. */
  readonly call: Call;
  /** The settings that the flow read; null where it read none. */
  readonly settings: AnySettingValues | null;
  /** What the flow returned; null where it returned nothing. */
  readonly result: R;
  /** What the flow threw: the failure of a step that it did not catch. Null where it threw nothing; any other error of a flow breaks the rule by itself. */
  readonly error: unknown;
  /** The conversation, one line for each thing said, pressed or done. */
  readonly transcript: string;
  /** What had happened when the flow first waited at `site`, its prompt included; null where it never did. */
  until(site: string): CallSoFar | null;
}

/** How much had happened when the flow waited at a site. */
export interface Moment {
  readonly site: string;
  readonly sites: number;
  readonly heard: number;
  readonly bridged: number;
  readonly steps: number;
  readonly tags: CallSoFar['tags'];
}

/** A call as its sentence sees it. */
export function randomCall<R>(whole: Omit<RandomCall<R>, 'until'>, moments: readonly Moment[]): RandomCall<R> {
  return {
    ...whole,
    until: (site) => {
      const moment = moments.find((one) => one.site === site);
      if (moment === undefined) return null;
      const bridged = whole.bridged.slice(0, moment.bridged);
      return {
        sites: whole.sites.slice(0, moment.sites),
        heard: whole.heard.slice(0, moment.heard),
        // One that was open then had no outcome yet.
        bridged: bridged.map((bridge, index) =>
          bridge.site === site && index === bridged.length - 1 ? { ...bridge, outcome: null } : bridge,
        ),
        steps: whole.steps.slice(0, moment.steps),
        tags: moment.tags,
        ended: null,
      };
    },
  };
}

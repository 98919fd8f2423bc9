import type { Bridge, BridgeResult } from '../effects/bridge.ts';
import type { Capture } from '../effects/capture.ts';
import type { Awaited } from '../effects/primitive.ts';
import type { Step, StepFailure } from '../effects/step.ts';
import type { SignalResult, WaitFor } from '../effects/wait-for.ts';
import { StepFailedError } from '../errors/index.ts';
import { type ReadSettings, type SettingDeclarations, settingValues } from '../flow/settings.ts';
import type { Resume } from './frames.ts';
import type { Entry } from './journal.ts';
import { copyJson, throughJson } from './json.ts';
import { stepFailure, type StepOutcome } from './perform-step.ts';

const UNKNOWN_BRIDGE: BridgeResult = { outcome: 'unknown', sipCode: null, duration: null };

/** What a flow is told when its signal has not come. */
export const NOT_ARRIVED: SignalResult<never> = { arrived: false };

/** What becomes of a wait after the session has ended: silence, a bridge of which nobody tells, a signal that does not come. */
export function nothingFor({ kind }: Capture | Bridge | WaitFor): null | BridgeResult | SignalResult<never> {
  if (kind === 'waitFor') return { ...NOT_ARRIVED };
  return kind === 'capture' ? null : UNKNOWN_BRIDGE;
}

/** How the flow goes on from a wait with the answer that the journal has. */
export function resumeWith(entry: Entry, effect: Awaited | null): Resume {
  if (effect?.kind === 'settings') return { how: 'next', value: settingsRead(effect, entry) };
  if (!('error' in entry)) return { how: 'next', value: 'value' in entry ? copyJson(entry.value) : undefined };
  const handled = entry.handled ?? (effect?.kind === 'step' ? handledBy(effect, entry.error) : null);
  if (handled?.ok === true) return { how: 'next', value: copyJson(handled.value) };
  const { name, message } = handled === null ? entry.error : handled.error;
  return { how: 'throw', error: new StepFailedError(entry.site, name, message) };
}

/** The values that an entry holds, by the declaration as it is now. */
export function settingsRead({ settings }: ReadSettings, entry: Entry): ReturnType<typeof settingValues> {
  return settingValues(settings.declared as SettingDeclarations, 'value' in entry ? entry.value : null);
}

/** What a step's `onError` makes of its failure; null where it has none. What `onError` throws, and a result that is no JSON, is the failure then. */
export function handledBy({ name, onError }: Step<unknown>, error: StepFailure): StepOutcome | null {
  if (onError === null) return null;
  try {
    return { ok: true, value: throughJson(onError(error), name) };
  } catch (thrown) {
    return { ok: false, error: stepFailure(thrown) };
  }
}

import type { CallflowResponse, Chart } from '@hookswitch/dsl';
import type { SessionSettings } from '@hookswitch/runtime';
import { DEFAULT_SETTINGS, siteLabel, siteLabelOf } from '@hookswitch/runtime/inside';
import type { Holds } from '@hookswitch/simulator';

/** How long holds of a simulated server listen, ms: a time that no capture of a flow has, so that callers can tell. */
export const HOLD_FOR = 3_007;

/**
 * Which answers of a simulated server only buy time, and what of them says nothing: holds of slow steps, and what `chart` plays while it waits for signals. How often a
 * piece is played hangs on how fast a signal is; what stands in front of the first one is the flow's own.
 */
export function holdsOf(
  { holdText = DEFAULT_SETTINGS.holdText }: Partial<Pick<SessionSettings, 'holdText'>> = {},
  chart: Pick<Chart, 'sites' | 'signals'> | null = null,
): Holds {
  const fillers = new Set(texts(holdText));
  const waits = signalSites(chart);
  const holds = [...(chart?.signals.values() ?? [])].flat().flatMap(({ hold }) => hold ?? []);
  const files = new Set(holds.flatMap((piece) => (piece.kind === 'playFile' ? texts(piece.fileUrl) : [])));
  // With `delivery: 'action'` what the flow says itself comes first, each action alone.
  const isWait = (answer: CallflowResponse): boolean =>
    lastCapture(answer) !== null && waits.has(siteLabelOf(answer.clientActionId ?? null) ?? '');
  return {
    isHold: (answer) => lastCapture(answer)?.overallTimeout === HOLD_FOR || isWait(answer),
    isFiller: (text, answer) => (isWait(answer) ? text === lastCapture(answer)?.promptMessage || files.has(text) : fillers.has(text)),
  };
}

/** The signals that a flow waits for, by the labels of the sites at which it does. */
export function signalSites(chart: Pick<Chart, 'sites'> | null): ReadonlyMap<string, string> {
  return new Map(
    [...(chart?.sites.values() ?? [])].flatMap(({ name, signal }) => (signal === undefined ? [] : [[siteLabel(name), signal]])),
  );
}

function lastCapture({ callflow }: CallflowResponse) {
  const last = callflow.at(-1);
  return last?.action === 'sayAndCapture' ? last.params : null;
}

/** A text for all languages, or one per language. */
function texts(given: string | Readonly<Record<string, string>>): readonly string[] {
  return typeof given === 'string' ? [given] : Object.values(given);
}

import type { Action } from '@hookswitch/dsl';
import type { TimelineView } from '../../api/schemas.ts';
import { describeAction } from '../../console/describe-action.ts';
import { parseWebhook } from '../../webhook/parse/parse-webhook.ts';

/** One line of a call's story: when, and what. Lines without a time belong to the one before. */
export interface StoryLine {
  readonly at: string;
  readonly text: string;
}

/** What stands in place of what is sealed, or was erased when the call ended. */
const HIDDEN = '••• (sensitive)';
const LONGEST_RESULT = 2_000;

/** A call as it went, for people: what the caller did, what was said, what steps gave, and whatever else happened, in order. */
export function callStory(timeline: readonly TimelineView[]): readonly StoryLine[] {
  let asked: string | null = null;
  return timeline.flatMap((item): readonly StoryLine[] => {
    if (item.kind === 'turn') {
      const { event, answer } = item.data as { readonly event?: unknown; readonly answer?: unknown };
      const actions = actionsOf(answer);
      const lines = [`← ${cameWith(event, asked, (item.data as { readonly turn?: unknown }).turn === 0)}`, ...saidIn(answer, actions)];
      asked = actions?.at(-1)?.action ?? null;
      return [{ at: item.at, text: item.text }, ...lines.map((text) => ({ at: '', text: `  ${text}` }))];
    }
    return [{ at: item.at, text: item.kind === 'entry' ? `${item.text}${valueOf(item.data)}` : item.text }];
  });
}

/** What the caller did, or the platform told. */
function cameWith(event: unknown, asked: string | null, first: boolean): string {
  const parsed = parseWebhook(event, 'vca');
  const vca = parsed.ok && parsed.webhook.kind === 'vca' ? parsed.webhook : null;
  if (vca?.callStatus === 'CALL_RECEIVED') return 'The call came in';
  if (first) return vca === null ? 'The call is placed' : 'The call begins';
  if (asked === 'makeCall') return 'The bridge is over';
  if (vca !== null && vca.dtmf.digits !== null) return vca.dtmf.digits === '' ? 'Pressed #' : `Pressed ${vca.dtmf.digits}`;
  // Masked keys are no keys any more, but their number says enough.
  const masked = /"dtmf":\s*"(•+)/i.exec(JSON.stringify(event) ?? '')?.[1];
  if (masked !== undefined) return `Pressed ${masked} (sensitive)`;
  return asked === 'sayAndCapture' ? 'Nothing was pressed' : 'All of it was heard';
}

function saidIn(answer: unknown, actions: readonly Action[] | null): readonly string[] {
  if (answer === null || answer === undefined) return [];
  if (actions === null) return [`→ ${HIDDEN}`];
  // Numbers are masked already where they may not be shown.
  return actions.map((action) => `→ ${describeAction(action, (number) => number)}`);
}

function actionsOf(answer: unknown): readonly Action[] | null {
  const { callflow } = (typeof answer === 'object' && answer !== null ? answer : {}) as { readonly callflow?: unknown };
  return Array.isArray(callflow) ? (callflow as readonly Action[]) : null;
}

/** What was answered at a site: keys, the result of a step, the outcome of a bridge. */
function valueOf(data: unknown): string {
  const entry = data as { readonly erased?: unknown; readonly value?: unknown };
  if (entry.erased === true) return `: ${HIDDEN}`;
  if (!('value' in entry)) return '';
  const text = entry.value === null || entry.value === undefined ? 'nothing' : JSON.stringify(entry.value);
  return `: ${text.length > LONGEST_RESULT ? `${text.slice(0, LONGEST_RESULT)}… (${text.length} characters)` : text}`;
}

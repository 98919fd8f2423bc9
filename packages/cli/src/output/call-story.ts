import { describeAction } from '@hookswitch/console/inside';
import type { Action } from '@hookswitch/dsl';
import { parseWebhook, type TimelineView } from '@hookswitch/runtime/inside';

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
  const answers = answersOf(timeline);
  const shown = new Set<TimelineView>();
  let asked: Asked = { action: null, site: null };
  const turns = new Map<TimelineView, readonly string[]>();
  for (const item of timeline.filter(({ kind }) => kind === 'turn')) {
    const { turn, event, answer } = item.data as { readonly turn?: unknown; readonly event?: unknown; readonly answer?: unknown };
    const actions = actionsOf(answer);
    const next = turn === 0 ? undefined : answers.find((entry) => !shown.has(entry));
    const isIts = next !== undefined && asked.action !== null && (asked.site === null || asked.site === dataOf(next).site);
    if (isIts) shown.add(next);
    const came = isIts ? answeredWith(dataOf(next)) : cameWith(event, asked.action, turn === 0);
    turns.set(item, [`← ${came}`, ...saidIn(answer, actions)]);
    asked = { action: actions === null ? 'hidden' : (actions.at(-1)?.action ?? null), site: siteOf(answer) };
  }
  return timeline
    .filter((item) => !shown.has(item))
    .flatMap((item) => [
      { at: item.at, text: item.kind === 'entry' ? `${item.text}${valueOf(item.data)}` : item.text },
      ...(turns.get(item) ?? []).map((text) => ({ at: '', text: `  ${text}` })),
    ]);
}

/** What the last answer waits for: its last action, `hidden` where that is sealed, and its site. */
interface Asked {
  readonly action: Action['action'] | 'hidden' | null;
  readonly site: string | null;
}

/** An entry of the journal as the timeline has it. */
interface EntryData {
  readonly index?: number;
  readonly site?: string;
  readonly value?: unknown;
  readonly erased?: true;
  readonly length?: number;
  readonly ended?: unknown;
  readonly diverged?: unknown;
}

function dataOf({ data }: TimelineView): EntryData {
  return (typeof data === 'object' && data !== null ? data : {}) as EntryData;
}

/** The journal's entries that callers and second parties have answered, in order; those of steps have a line of the step's beside them. */
function answersOf(timeline: readonly TimelineView[]): readonly TimelineView[] {
  const steps = new Set(timeline.filter(({ kind }) => kind === 'step').map((item) => dataOf(item).site));
  return timeline
    .filter((item) => item.kind === 'entry')
    .filter((item) => !('ended' in dataOf(item)) && !('diverged' in dataOf(item)) && !steps.has(dataOf(item).site))
    .toSorted((a, b) => (dataOf(a).index ?? 0) - (dataOf(b).index ?? 0));
}

function answeredWith({ site, value, erased, length = 4 }: EntryData): string {
  const where = site === undefined ? '' : ` at ${site}`;
  if (erased === true) return `Pressed ${'•'.repeat(length)}${where} (sensitive)`;
  if (typeof value === 'string') return `Pressed ${value === '' ? '#' : value}${where}`;
  if (value === null || value === undefined) return `Nothing was pressed${where}`;
  const { outcome, duration } = value as { readonly outcome?: unknown; readonly duration?: unknown };
  return `The bridge${where} is over: ${String(outcome)}${typeof duration === 'number' ? `, ${duration} s` : ''}`;
}

/** What the caller did, or the platform told, where no entry of the journal says it. */
function cameWith(event: unknown, asked: Asked['action'], first: boolean): string {
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

/** Where an answer waits: its id is the site and the number of the turn. */
function siteOf(answer: unknown): string | null {
  const { clientActionId } = (typeof answer === 'object' && answer !== null ? answer : {}) as { readonly clientActionId?: unknown };
  return typeof clientActionId === 'string' ? clientActionId.slice(0, clientActionId.lastIndexOf('.')) : null;
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

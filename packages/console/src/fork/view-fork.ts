import { type Action, adviseOnReplayed, type BridgeResult, cutText, describeReplayed, type Entry, type FlowModule } from '@hookswitch/dsl';
import type { Fork, ForkAnswer, ForkTurn, ForkWait } from '@hookswitch/dsl/inside/fork';
import type { ForkAnswerView, ForkTurnView, ForkView, ForkWaitView } from '../fork-views.ts';
import type { ForkMask } from './fork-mask.ts';
import { diffTexts } from './word-diff.ts';

/** Characters of a value that are shown. */
const MAX_VALUE = 2_000;

/** A fork as the page shows it. */
export function viewFork(
  fork: Fork,
  flow: FlowModule,
  mask: ForkMask,
): Omit<ForkView, 'call' | 'isStored' | 'version' | 'versions' | 'turn' | 'recordedTurns' | 'wanted' | 'notes'> {
  const { turns, waits, site, sites, replayed, stray, refused, now, tags, result, error } = fork;
  return {
    turns: turns.map((turn) => viewTurn(turn, mask)),
    waits: viewWait(waits, mask),
    site,
    sites,
    replayed,
    stray: stray === null ? null : viewStray(fork, flow, mask),
    refused,
    now: new Date(now).toISOString(),
    tags: mask.value(tags) as ForkView['tags'],
    result: mask.value(result),
    error: error === null ? null : mask.text(messageOf(error)),
  };
}

function viewTurn({ site, voice, actions, then, thenSite, again, steps, answer }: ForkTurn, mask: ForkMask): ForkTurnView {
  const now = wordsOf(actions).map(mask.text);
  const before = then === null ? null : wordsOf(then).map(mask.text);
  const isElsewhere = thenSite !== site;
  const words = before === null || isElsewhere || site === '' ? null : diffTexts(before, now);
  const isAlike = words?.every((parts) => parts.every((part) => part.in === 'both')) === true;
  return {
    site,
    voice,
    verdict:
      site === '' || (thenSite === null && before === null)
        ? 'unknown'
        : isElsewhere
          ? 'elsewhere'
          : words === null
            ? 'unknown'
            : isAlike
              ? 'alike'
              : 'other words',
    thenSite,
    then: before,
    now,
    words,
    again: again.map(mask.text),
    steps: steps.map((step) => viewAnswer(step, mask)),
    answer: answer === null ? null : viewAnswer(answer, mask),
  };
}

function viewAnswer({ site, entry, by, sensitive }: ForkAnswer, mask: ForkMask): ForkAnswerView {
  return { site, text: sensitive ? 'hidden' : mask.text(describeEntry(entry, mask)), by, failed: 'error' in entry };
}

/** What came back, in words. */
function describeEntry(entry: Entry, mask: ForkMask): string {
  if ('ended' in entry) return entry.site === 'ended' ? 'The flow hangs up' : 'The caller hangs up';
  if ('diverged' in entry) return 'Journal and code disagree';
  if ('turnedAway' in entry) return 'Turned away: intake was closed';
  if ('error' in entry) return `${entry.error.name}: ${entry.error.message}`;
  const { value } = entry;
  if (value === null || value === undefined) return 'nothing';
  if (isBridgeResult(value)) return `${value.outcome}${value.duration === null || value.duration === 0 ? '' : `, ${value.duration} s`}`;
  return typeof value === 'string' ? (value === '' ? '#' : cutText(value, MAX_VALUE)) : textOf(value, mask);
}

function isBridgeResult(value: unknown): value is BridgeResult {
  return typeof value === 'object' && value !== null && 'outcome' in value && 'sipCode' in value && 'duration' in value;
}

function viewWait(waits: ForkWait, mask: ForkMask): ForkWaitView {
  if (waits.for === 'bridge') return { ...waits, to: mask.number(waits.to) };
  if (waits.for !== 'value') return waits;
  const { then, ...rest } = waits;
  return {
    ...rest,
    then:
      then === null
        ? null
        : 'error' in then
          ? `${then.error.name}: ${then.error.message}`
          : textOf('value' in then ? then.value : undefined, mask),
  };
}

function viewStray({ stray, entries, turns }: Fork, flow: FlowModule, mask: ForkMask): NonNullable<ForkView['stray']> {
  const { index, recorded, now, error } = stray as NonNullable<Fork['stray']>;
  const hears = turns.find(({ after }) => after === index)?.actions ?? [];
  const replayed = {
    ...({
      verdict: 'diverged',
      answers: Math.max(entries.length, index + 1),
      compared: index,
      wordsCompared: 0,
      index,
      recorded,
      now,
    } as const),
    ...{ heard: null, noted: null, hears: wordsOf(hears), handled: flow.options.onDivergence !== null, error },
  };
  return { text: mask.text(describeReplayed(replayed) ?? ''), advice: adviseOnReplayed(replayed) };
}

/** What a caller notices of a batch, in order. */
function wordsOf(actions: readonly Action[]): readonly string[] {
  return actions.flatMap((action) => {
    switch (action.action) {
      case 'say':
        return [action.params.text];
      case 'sayAndCapture':
        return [action.params.promptMessage];
      case 'playFile':
        return [`♪ ${action.params.fileUrl}`];
      case 'makeCall':
        return [`☎ ${action.params.destination}`];
      default:
        return [];
    }
  });
}

function textOf(value: unknown, mask: ForkMask): string {
  return value === undefined ? 'nothing' : cutText(JSON.stringify(mask.value(value)), MAX_VALUE);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

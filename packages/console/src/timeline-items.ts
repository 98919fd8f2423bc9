import type { Action, BridgeOutcome, Entry } from '@hookswitch/dsl';
import type { CallRecord, JournalRow, TimelineRow, TurnRow } from '@hookswitch/runtime';
import {
  bridgeResultOf,
  decodeActionId,
  describeTimeline,
  fromTimelineRow,
  isSealed,
  maskNumber,
  maskWebhook,
  parseWebhook,
  readState,
  type TimelineEvent,
} from '@hookswitch/runtime/inside';
import { match } from 'ts-pattern';
import { describeAction, spokenIn } from './describe-action.ts';
import type { StepItem, TimelineItem, Tone, TurnItem } from './views.ts';

/** All rows of one call. */
export interface CallRows {
  readonly call: CallRecord;
  readonly journal: readonly JournalRow[];
  readonly turns: readonly TurnRow[];
  readonly timeline: readonly TimelineRow[];
}

/** What stands in the place of a text that is sealed, or was erased when the session ended. */
export const HIDDEN = '•••';

const OUTCOMES = {
  answered: 'answered, and over',
  busy: 'busy',
  'no-answer': 'not answered',
  declined: 'declined',
  failed: 'failed',
} as const satisfies Partial<Record<BridgeOutcome, string>>;

/** A call as it went: its turns, each with the steps that ran for it, and whatever else happened, in order. Numbers are masked unless `showNumbers`. */
export function timelineItems(rows: CallRows, showNumbers: boolean): readonly TimelineItem[] {
  const reader = new Reader(rows, showNumbers);
  const steps = reader.steps();
  const turns = rows.turns.map((row, index) => {
    const isLast = index === rows.turns.length - 1;
    const own = takeWhile(steps, (step) => isLast || step.at <= row.at);
    return reader.turn(row, rows.turns[index - 1] ?? null, own);
  });
  // Steps that ran before the first turn, or while nothing was asked, stand by themselves.
  const others = [...steps, ...reader.events(), ...reader.summary()];
  return [...turns, ...others].toSorted((a, b) => a.at - b.at || order(a) - order(b));
}

function order(item: TimelineItem): number {
  return item.kind === 'turn' ? 0 : 1;
}

function takeWhile<T>(list: T[], wanted: (item: T) => boolean): T[] {
  const end = list.findIndex((item) => !wanted(item));
  return list.splice(0, end < 0 ? list.length : end);
}

class Reader {
  readonly #rows: CallRows;
  readonly #numbers: 'keep' | 'mask';
  /** The sites of callflows that their author has named. */
  readonly #named: Readonly<Record<string, string>>;

  constructor(rows: CallRows, showNumbers: boolean) {
    this.#rows = rows;
    this.#numbers = showNumbers ? 'keep' : 'mask';
    this.#named = readState(rows.call.state).actionSites ?? {};
  }

  turn(row: TurnRow, before: TurnRow | null, steps: readonly StepItem[]): TurnItem {
    const event = parse(row.event);
    const answer = row.answer === null ? null : this.#answerOf(row.answer);
    return {
      kind: 'turn',
      at: row.at,
      turn: row.turn,
      came: this.#cameFor(row, event, before),
      site: answer?.site ?? null,
      answered: answer === null ? [] : answer.actions.map((action) => describeAction(action, (text) => this.#number(text))),
      spoken: answer === null ? [] : answer.actions.map(spokenIn),
      state: row.answer === null ? 'working' : answer === null ? 'hidden' : 'answered',
      steps,
      event: this.#masked(event),
      answer: row.answer === null ? null : answer === null ? HIDDEN : this.#masked(answer.raw),
    };
  }

  /** Steps in the order in which they settled, with their results from the journal. */
  steps(): StepItem[] {
    const results = new Map<string, Entry[]>();
    for (const entry of this.#entries()) results.set(entry.site, [...(results.get(entry.site) ?? []), entry]);
    return this.#happened()
      .flatMap(({ at, event }) => (event.kind === 'step' ? [{ at, event }] : []))
      .map(({ at, event }): StepItem => {
        const entry = results.get(event.site)?.shift();
        const result = entry !== undefined && 'value' in entry ? this.#masked(entry.value) : null;
        const failed = event.outcome !== 'done';
        return {
          kind: 'step',
          at,
          site: event.site,
          ms: event.ms,
          attempts: event.attempts,
          error: failed ? (event.error ?? event.outcome) : null,
          result: failed ? null : entry === undefined ? HIDDEN : result,
        };
      });
  }

  events(): readonly TimelineItem[] {
    return this.#happened().flatMap(({ at, event }) =>
      event.kind === 'step'
        ? []
        : [{ kind: 'event' as const, at, type: event.kind, text: describeTimeline(event), tone: toneOf(event), data: this.#masked(event) }],
    );
  }

  /** The end of the session as the platform reported it. */
  summary(): readonly TimelineItem[] {
    const { summary } = readState(this.#rows.call.state);
    if (summary === null) return [];
    const { status, errorCode, errorMessage, at, raw } = summary;
    const bad = status === 'ERROR' || status === 'FAILED';
    const why = errorCode === null ? '' : ` (error ${errorCode}${errorMessage === null ? '' : `: ${errorMessage}`})`;
    const text = `Session over: ${status}${why}`;
    // The platform's clock may be another one.
    const when = this.#rows.call.endedAt ?? at;
    return [
      { kind: 'event', at: when, type: 'summary', text, tone: bad ? 'bad' : 'plain', data: raw === null ? HIDDEN : this.#masked(raw) },
    ];
  }

  #happened(): readonly { readonly at: number; readonly event: TimelineEvent }[] {
    return this.#rows.timeline
      .toSorted((a, b) => a.at - b.at)
      .flatMap((row) => {
        const event = fromTimelineRow(row);
        return event === null ? [] : [{ at: row.at, event }];
      });
  }

  /** Entries of steps that can be read and have not ended the session. */
  #entries(): readonly Entry[] {
    return this.#rows.journal.flatMap(({ data }) => {
      const entry = isSealed(data) ? null : (parse(data) as Partial<Entry> | null);
      return typeof entry?.site === 'string' && !('ended' in entry) ? [entry as Entry] : [];
    });
  }

  #cameFor(row: TurnRow, event: unknown, before: TurnRow | null): string {
    if (row.turn === 0) return this.#rows.call.direction === 'outbound' && row.eventId === null ? 'Call placed' : 'Call received';
    const parsed = parseWebhook(event, 'vca');
    if (!parsed.ok || parsed.webhook.kind !== 'vca') return 'Callflow done';
    const last = before?.answer == null ? undefined : this.#answerOf(before.answer)?.actions.at(-1)?.action;
    const { dtmf, callStatus } = parsed.webhook;
    if (callStatus === 'CALL_RECEIVED') return 'Call received';
    if (last === 'makeCall') {
      const result = bridgeResultOf(parsed.webhook, readState(this.#rows.call.state).legId);
      return result === undefined || result.outcome === 'unknown' ? 'Bridge over' : `Bridge ${OUTCOMES[result.outcome]}`;
    }
    if (last === 'hangup') return 'Asked again after the end';
    if (dtmf.digits !== null) return dtmf.digits === '' ? 'Pressed #' : `Pressed ${dtmf.digits}`;
    // Masked keys are no keys any more, but their number says enough.
    const masked = /"dtmf":\s*"(•+)/i.exec(row.event)?.[1];
    if (masked !== undefined) return `Pressed ${masked}`;
    return last === 'sayAndCapture' ? 'Nothing pressed' : 'Callflow done';
  }

  /** A stored answer; null where it is sealed, or was erased. */
  #answerOf(text: string): StoredAnswer | null {
    const raw = isSealed(text) ? null : (parse(text) as { readonly clientActionId?: unknown; readonly callflow?: unknown } | null);
    if (raw === null || !Array.isArray(raw.callflow)) return null;
    const id = typeof raw.clientActionId === 'string' ? raw.clientActionId : null;
    return { actions: raw.callflow as readonly Action[], site: id === null ? null : this.#siteOf(id), raw };
  }

  /** The site at which a callflow ends; null for repetitions, and for fallbacks that transfer. */
  #siteOf(id: string): string | null {
    if (Object.hasOwn(this.#named, id)) return this.#named[id] ?? null;
    return decodeActionId(id)?.kind === 'turn' ? id.slice(0, id.lastIndexOf('.')) : null;
  }

  #number(text: string): string {
    return this.#numbers === 'keep' ? text : maskNumber(text);
  }

  #masked(value: unknown): unknown {
    return maskWebhook(value, { digits: 'keep', numbers: this.#numbers });
  }
}

interface StoredAnswer {
  readonly actions: readonly Action[];
  readonly site: string | null;
  readonly raw: unknown;
}

function toneOf(event: TimelineEvent): Tone {
  return match(event.kind)
    .returnType<Tone>()
    .with('fallback', 'divergence', () => 'bad')
    .with('hold', 'takeover', () => 'warn')
    .otherwise(() => 'plain');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

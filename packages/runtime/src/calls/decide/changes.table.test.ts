import { describe, expect, it } from 'vitest';
import type { CallflowResponse } from '@hookswitch/dsl';
import type { TimelineRow } from '../../store/store.ts';
import { DEFAULT_SETTINGS } from '../../assembly/options.ts';
import type { Call, Change, Decision, Note, Order, Reply } from '../call.ts';
import { heard } from '../calls.test-support.ts';
import { USUAL_STATE } from '../state.ts';
import { allStandings, grouped } from './decided.test-support.ts';

// All that a decision changes, field by field, and all that it tells: nothing of it can be left out without being noticed here. `decide.table.test.ts` says the same in words.

/** Fields that hold moments; they are written as seconds from now. */
const TIMES: ReadonlySet<string> = new Set([
  'at',
  'seenAt',
  'dueAt',
  'endedAt',
  'startedAt',
  'sentAt',
  'askedAt',
  'tellAfter',
  'siteSince',
  'until',
]);

/** JSON without what has to be escaped in a snapshot. */
function bare(json: string): string {
  return json.replaceAll(/["\\]/g, '');
}

function text(value: unknown, now: number): string {
  const written = JSON.stringify(value, (key, inner: unknown) => {
    if (inner instanceof Error) return { ...inner, name: inner.name };
    return TIMES.has(key) && typeof inner === 'number' && inner > 0 ? `now${inner < now ? '' : '+'}${(inner - now) / 1_000}` : inner;
  });
  return bare(written);
}

/** What the flows of these tables leave alone; `tags.test.ts` has it. */
const NOTHING_NOTED = { tags: {}, result: null };

/** What is other than before: of the call's record, of its state. */
function changed(now: object, found: object, at: number): string[] {
  const before = { ...NOTHING_NOTED, ...found };
  return Object.entries(now)
    .filter(
      ([name, value]) =>
        name !== 'state' && name !== 'revision' && JSON.stringify(value) !== JSON.stringify((before as Record<string, unknown>)[name]),
    )
    .map(([name, value]) => text({ [name]: value as unknown }, at).slice(1, -1));
}

function replied(reply: Reply | null): string[] {
  if (reply === null) return [];
  if (reply.kind === 'answer') return [said(JSON.parse(reply.body) as CallflowResponse)];
  if (reply.kind === 'stored') return [`sends turn ${reply.turn} again${reply.isOver ? ', or a hang-up' : ''}`];
  return [];
}

const SORRY = String(DEFAULT_SETTINGS.fallback.text);

function said(response: CallflowResponse): string {
  const words = heard(response).join(' ').replace(SORRY, 'SORRY');
  return `says ${words} as ${response.clientActionId ?? 'nothing'}`;
}

function ordered(order: Order): string {
  if (order.kind !== 'run-step') return order.kind;
  const { token, index, key, abortable, refused, asked } = order;
  const { ok = null } = refused ?? {};
  return `run-step ${text({ token, index, key, abortable, refused: ok, asked: asked?.turn ?? null }, 0)}`;
}

function told(note: Note, now: number): string {
  const { kind, ...rest } = note;
  const { session: _, webhook: __, ...shown } = rest as Record<string, unknown>;
  return `tells ${kind}${Object.keys(shown).length === 0 ? '' : ` ${text(shown, now)}`}`;
}

function stored(change: Change | null, before: Call | null, now: number): string[] {
  if (change === null) return [];
  if (change.kind === 'inbox') return [`keeps ${change.row.kind} of ${change.row.subAccountId} ${text({ seen: change.seen }, now)}`];
  const { call, commit, secret, erases } = change;
  const { turn, journal = [], timeline = [] } = commit;
  return [
    ...changed(call.record, before?.record ?? {}, now),
    ...changed(call.state, before?.state ?? USUAL_STATE, now),
    ...journal.map(({ data }) => `entry ${text(JSON.parse(data), now)}`),
    ...(turn === undefined ? [] : [`turn ${turn.turn} for ${bare(turn.event)}${turn.eventId === null ? '' : ', by its id'}`]),
    ...timeline.map(({ kind, data }: TimelineRow) => `row ${kind} ${bare(data)}`),
    ...(secret === null ? [] : [`seals ${text(secret, now)}`]),
    ...(erases ? ['erases'] : []),
  ];
}

function all({ change, reply, orders, notes, about }: Decision, before: Call | null, now: number): string {
  const whose = about === null || change?.kind === 'call' ? [] : ['about it'];
  const { takes } = change?.kind === 'call' ? change.commit : {};
  return [
    ...replied(reply),
    ...stored(change, before, now),
    ...(takes === undefined ? [] : [`takes ${takes.length}`]),
    ...orders.map(ordered),
    ...notes.map((note) => told(note, now)),
    ...whose,
  ].join('; ');
}

describe('all that changes', async () => {
  it.each(await allStandings())('when %s', (_where, decided) => {
    const cells = decided().map(({ what, decision, before, now }) => [what, all(decision, before, now)] as const);
    expect(grouped(cells.filter(([, does]) => does !== ''))).toMatchSnapshot();
  });
});

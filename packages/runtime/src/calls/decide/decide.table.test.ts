import type { Entry } from '@hookswitch/dsl';
import { describe, expect, it } from 'vitest';
import type { Call, Decision } from '../call.ts';
import type { CallRecord } from '../../store/store.ts';
import { isPosting, isUnplaced } from '../placing.ts';
import { allStandings, grouped } from './decided.test-support.ts';

function placingOf(record: CallRecord | undefined): 'preparing' | 'sent' | null {
  if (record === undefined) return null;
  return isUnplaced(record) ? 'preparing' : isPosting(record) ? 'sent' : null;
}

// What a call does next, by where it stands (rows) and what happens to it (columns of one row each). It reads as the specification of `decide`.

const NOTHING = 'nothing changes';

/** A decision in a few words: the reply, what changes, what is ordered. */
function words({ reply, wait, change, orders }: Decision, before: Call | null, at: number): string {
  const replied =
    reply === null
      ? wait === null
        ? []
        : ['waits']
      : 'outcome' in reply
        ? [typeof reply.outcome === 'string' ? reply.outcome : `signal: ${reply.outcome.is}`]
        : [];
  const ordered = orders.map(({ kind }) => kind);
  if (change === null) return [...replied, NOTHING, ...ordered].join(', ');
  if (change.kind === 'inbox') return [...replied, change.pending ? 'kept until its call is known' : 'kept beside', ...ordered].join(', ');
  const { record, state } = change.call;
  const bound = record.sessionId !== (before?.record.sessionId ?? null) ? ['session bound'] : [];
  const taken = (change.commit.takes?.length ?? 0) > 0 ? ['takes what came before'] : [];
  const now = record.status === before?.record.status ? [] : [record.status];
  const entries = (change.commit.journal ?? []).map(({ data }) => shown(JSON.parse(data) as Entry));
  const was = before?.state ?? null;
  const leases =
    state.lease === null
      ? was?.lease != null
        ? ['lease given back']
        : []
      : was?.lease == null || was.lease.token !== state.lease.token
        ? ['lease taken']
        : was.lease.until === state.lease.until
          ? []
          : ['lease renewed'];
  const { summary } = state;
  const end =
    summary === null || summary === was?.summary
      ? []
      : [summary.told ? 'told' : `${summary.applied ? 'completed' : 'end kept'}: ${summary.status}`];
  const claimed = change.commit.turn?.answer === null ? ['event kept'] : [];
  const post = placingOf(record) === placingOf(before?.record) ? [] : [`post ${placingOf(record) ?? 'over'}`];
  const due =
    record.dueAt === before?.record.dueAt
      ? []
      : [record.dueAt === null ? 'never due' : `due in ${Math.round((record.dueAt - at) / 1_000)} s`];
  const turn = record.turn === (before?.record.turn ?? -1) ? [] : [`turn ${record.turn}`];
  return (
    [...replied, ...now, ...bound, ...taken, ...entries, ...claimed, ...turn, ...leases, ...end, ...post, ...due, ...ordered].join(', ') ||
    'a commit'
  );
}

/** What a flow is told. */
function shown(entry: Entry): string {
  if ('ended' in entry) return 'the flow is told the end';
  const value = 'error' in entry ? entry.error.name : 'value' in entry ? entry.value : null;
  const outcome = typeof value === 'object' && value !== null && 'outcome' in value ? value.outcome : value;
  return `the flow is told ${JSON.stringify(outcome)}`;
}

describe('what a call does next', async () => {
  const rows = await allStandings();
  it.each(rows)('when %s', (_where, decided) => {
    const cells = decided().map(({ what, decision, before, now }) => [what, words(decision, before, now)] as const);
    expect(grouped(cells)).toMatchSnapshot();
  });
});

import type { CallView } from '../../../src/views.ts';

const WORDS: Readonly<Record<NonNullable<CallView['endedBy']>, string>> = {
  caller: 'The caller hung up',
  bridge: 'Hung up while connected',
  flow: 'The flow hung up',
  fallback: 'Ended after a failure',
  request: 'Ended by a request',
  intake: 'Turned away: intake was closed',
  platform: 'Ended by 8x8',
  unanswered: 'Not answered',
  idle: 'Not heard of any more',
};

/** Who ended a call, in words; empty while it lives. */
export function endedByText({ endedBy, direction }: Pick<CallView, 'endedBy' | 'direction'>): string {
  if (endedBy === null) return '';
  return endedBy === 'caller' && direction === 'outbound' ? 'The called person hung up' : WORDS[endedBy];
}

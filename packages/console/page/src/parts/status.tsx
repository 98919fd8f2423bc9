import type { CallView } from '../../../src/views.ts';

const WORDS: Readonly<Record<CallView['status'], { readonly text: string; readonly tone: string }>> = {
  pending: { text: 'Placing', tone: 'wait' },
  unknown: { text: 'Outcome unknown', tone: 'warn' },
  live: { text: 'Live', tone: 'live' },
  ending: { text: 'Ending', tone: 'wait' },
  ended: { text: 'Ended', tone: 'plain' },
  failed: { text: 'Failed', tone: 'bad' },
  cancelled: { text: 'Not placed', tone: 'plain' },
};

/** How a call stands. */
export function Status({ call }: { readonly call: Pick<CallView, 'status'> }) {
  const { text, tone } = WORDS[call.status];
  return <span class={`badge badge-${tone}`}>{text}</span>;
}

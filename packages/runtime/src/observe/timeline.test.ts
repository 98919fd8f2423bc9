import { describe, expect, it } from 'vitest';
import { describeTimeline, fromTimelineRow, type TimelineEvent, toTimelineRow } from './timeline.ts';

const EVENTS: readonly (readonly [TimelineEvent, string])[] = [
  [{ kind: 'status', status: 'CALL_DISCONNECTED', sipCode: 486, webhook: {} }, 'Status: CALL_DISCONNECTED (SIP 486)'],
  [{ kind: 'recording', status: 'UPLOAD_COMPLETED', recordingId: 'r', seconds: 25 }, 'Recording: UPLOAD_COMPLETED, 25 s'],
  [{ kind: 'summary', status: 'ERROR', errorCode: -2004, webhook: {} }, 'Session over: ERROR (error -2004)'],
  [{ kind: 'step', site: 'find', outcome: 'ok', ms: 12, attempts: 1, error: null }, 'Step find: ok after 12 ms'],
  [
    { kind: 'step', site: 'find', outcome: 'failed', ms: 12, attempts: 3, error: 'TypeError' },
    'Step find: failed after 12 ms, 3 attempts: TypeError',
  ],
  [{ kind: 'hold', turn: 2, n: 3 }, 'Held turn 2, 3rd time in a row'],
  [{ kind: 'hold', turn: 2, n: 11 }, 'Held turn 2, 11th time in a row'],
  [{ kind: 'fallback', turn: 2, reason: 'store', error: null }, 'Fallback in turn 2: store'],
  [
    { kind: 'divergence', index: 2, recorded: 'main', yielded: 'pin' },
    'Journal and code disagree at entry 2: recorded at "main", the code is at "pin"',
  ],
  [{ kind: 'log', level: 'info', message: 'found', data: { id: 7 } }, 'info: found'],
  [{ kind: 'takeover', turn: 5 }, 'Turn 5 was taken over: its lease had run out'],
  [{ kind: 'outbound', result: 'rejected', code: -1014 }, 'Placing the call: rejected (-1014)'],
  [{ kind: 'ended', by: 'idle' }, 'Ended by the sweeper: nothing came any more'],
  [{ kind: 'ended', by: 'request' }, 'Ended by the API'],
  [{ kind: 'ended', by: 'platform' }, 'Ended by the platform'],
];

describe('timeline events', () => {
  it.each(EVENTS)('%j', (event, line) => {
    expect(describeTimeline(event)).toBe(line);
    expect(fromTimelineRow(toTimelineRow(7, event))).toEqual(event);
  });

  it('of a kind that is not known, or damaged, are none', () => {
    expect(fromTimelineRow({ at: 1, kind: 'constructor', data: '{}' })).toBeNull();
    expect(fromTimelineRow({ at: 1, kind: 'of a later version', data: '{}' })).toBeNull();
    expect(fromTimelineRow({ at: 1, kind: 'hold', data: '{' })).toBeNull();
    expect(fromTimelineRow({ at: 1, kind: 'hold', data: 'null' })).toBeNull();
  });
});

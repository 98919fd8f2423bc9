import type { TimelineView } from '@hookswitch/runtime/inside';
import { describe, expect, it } from 'vitest';
import { callStory } from './call-story.ts';

const AT = '2026-03-05T09:30:00.000Z';
const item = (kind: string, text: string, data: object): TimelineView => ({ at: AT, kind, text, data }) as TimelineView;
const event = (payload: object) => ({
  namespace: 'VOICE',
  eventType: 'CALL_ACTION',
  payload: { sessionId: 's', callId: 'c', subAccountId: 'a', ...payload },
});
const ask = (id: string) => ({
  clientActionId: id,
  callflow: [{ action: 'sayAndCapture', params: { promptMessage: `${id}?`, maxDigits: 1 } }],
});
const turn = (number: number, dtmf: string | null, answer: unknown) =>
  item('turn', `Turn ${number} answered`, {
    turn: number,
    event: number === 0 ? event({ callStatus: 'CALL_RECEIVED' }) : event({ callStatus: 'ACTION_COMPLETED', eventData: { dtmf } }),
    answer,
  });
const entry = (index: number, site: string, more: object) => item('entry', `${site} answered`, { index, site, at: 1, ...more });

/** The story without times, the lines of one moment in whatever order they came. */
const told = (...items: readonly TimelineView[]) => callStory(items).map(({ text }) => text.trim());

describe('the story of a call', () => {
  const first = turn(0, null, ask('main.0'));
  const second = turn(1, '2', ask('account.1'));
  const [main, found] = [entry(0, 'main', { value: '2' }), entry(1, 'find', { value: { name: 'Ann' } })];
  const step = item('step', 'Step find: done after 12 ms', { site: 'find' });

  it.each([
    ['before its turn', [first, main, step, found, second]],
    ['after its turn', [first, second, main, step, found]],
  ])('has what was pressed in its turn, once, where its entry stands %s', (_where, items) => {
    const lines = told(...items);
    expect(lines.filter((line) => line.includes('main')).slice(1)).toEqual(['← Pressed 2 at main']);
    expect(lines).toContain('find answered: {"name":"Ann"}');
    expect(lines.indexOf('← Pressed 2 at main')).toBe(lines.indexOf('Turn 1 answered') + 1);
  });

  it('tells silence, # alone, and how a bridge ended', () => {
    const bridge = { clientActionId: 'agent.2', callflow: [{ action: 'makeCall', params: { source: '65', destination: '+65••••38' } }] };
    const entries = [
      entry(0, 'main', { value: null }),
      entry(1, 'main', { value: '' }),
      entry(2, 'agent', { value: { outcome: 'busy', sipCode: 486, duration: null } }),
    ];
    const lines = told(first, turn(1, null, ask('main.1')), turn(2, '', bridge), turn(3, null, ask('main.3')), ...entries);
    expect(lines.filter((line) => line.startsWith('←')).slice(1)).toEqual([
      '← Nothing was pressed at main',
      '← Pressed # at main',
      '← The bridge at agent is over: busy',
    ]);
    expect(lines).toContain('→ Connects to +65••••38');
  });

  it('says what is hidden, and goes on behind it', () => {
    const lines = told(turn(0, null, ask('pin.0')), turn(1, '••••', '•'), turn(2, '7', ask('more.2')), entry(1, 'more', { value: '7' }));
    expect(lines.slice(3)).toEqual([
      'Turn 1 answered',
      '← Pressed •••• (sensitive)',
      '→ ••• (sensitive)',
      'Turn 2 answered',
      '← Pressed 7 at more',
      expect.stringMatching(/^→ Asks/),
    ]);
  });
});

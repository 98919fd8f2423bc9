import { describe, expect, it } from 'vitest';
import { explore } from '../chart/explore.ts';
import { capture } from '../effects/capture.ts';
import { decline } from '../effects/decline.ts';
import { hangup } from '../effects/hangup.ts';
import { say } from '../effects/say.ts';
import { settings } from '../effects/settings.ts';
import { step } from '../effects/step.ts';
import { waitFor } from '../effects/wait-for.ts';
import { defineFlow } from '../flow/define-flow.ts';
import type { FlowModule } from '../flow/flow-options.ts';
import type { Entry } from '../generator/journal.ts';
import { replay } from '../generator/replay.ts';
import { adviseOnReplayed, describeReplayed } from './describe-replayed.ts';
import { madeUpCall } from './made-up-call.ts';
import type { JournalFile } from './recorded-call.ts';
import { replayRecorded } from './replay-recorded.ts';

const line = settings({ closed: { kind: 'boolean', default: false, label: 'Closed' } });

type Ending = 'opted out' | 'moved' | 'nothing' | 'hangup' | 'words' | 'question' | 'signal';

/** A flow that looks something up, and then declines, or says something. */
const flowThat = (ending: Ending, direction: 'inbound' | 'outbound' = 'outbound'): FlowModule =>
  defineFlow({ name: 'reminder', voice: 'en-US-ZiraRUS', settings: line, examples: { direction: [direction] } }, function* (call) {
    yield* line.read();
    yield* step('find', () => 'Ann', { examples: { ann: 'Ann' } });
    if (ending === 'hangup') yield hangup();
    if (ending === 'words') yield say('Hello.');
    if (ending === 'question') yield* capture('Coming?', { id: 'coming', maxDigits: 1 });
    if (ending === 'signal') yield* waitFor('paid', { timeout: '1m' });
    if ((ending === 'opted out' || ending === 'moved') && call.direction === 'outbound') yield decline(ending);
  }) as FlowModule;

const DECLINED: readonly Ending[] = ['opted out', 'moved', 'nothing', 'hangup'];
const PLACED: readonly Ending[] = ['words', 'question', 'signal'];
const REASONS: Partial<Record<Ending, string>> = { 'opted out': 'opted out', moved: 'moved' };

/** A call to a flow as it would be exported once it is over, or, with `open`, behind its step. */
function recorded(
  ending: Ending,
  { status, direction = 'outbound', open = false }: { status?: string; direction?: 'inbound' | 'outbound'; open?: boolean } = {},
): JournalFile {
  // prettier-ignore
  const flow = flowThat(ending, direction);
  const call = { id: 'call-1', sessionId: null, subAccountId: 'acme', from: '6560000000', to: '6590000001', fromCountry: null, toCountry: null, language: null, startedAt: 0, direction, params: {} } as const; // prettier-ignore
  const looked: readonly Entry[] = [
    { site: 'settings', at: 1, value: { closed: false } },
    { site: 'find', at: 2, value: 'Ann' },
  ];
  const standing = replay(flow, call, looked).decision;
  const entries = open ? looked : [...looked, { site: standing.site, at: 3, ended: true } as const];
  const { site, tags, result } = replay(flow, call, entries).decision;
  const isDeclined = direction === 'outbound' && DECLINED.includes(ending);
  return { format: 'hookswitch-journal', version: 1, flow: flow.name, flowVersion: '1', status: status ?? (isDeclined ? 'cancelled' : 'ended'), declined: isDeclined ? (REASONS[ending] ?? null) : null, site, call, entries, tags, result } as JournalFile; // prettier-ignore
}

const pairs = [...DECLINED, ...PLACED].flatMap((then) => [...DECLINED, ...PLACED].map((now) => [then, now] as const));

describe('an outbound call', () => {
  it.each(pairs)('that ended by "%s" is compared with code that ends by "%s"', (then, now) => {
    const [was, is] = [DECLINED.includes(then), DECLINED.includes(now)];
    const replayed = replayRecorded(flowThat(now), recorded(then));
    if (was && is) expect(replayed.verdict).toBe(REASONS[then] === REASONS[now] ? 'alike' : 'other result');
    else if (was) expect(replayed).toMatchObject({ verdict: 'other way', recorded: 'not placed', index: 2 });
    // Where a question was, and the code is over, it does not even take the answers.
    else if (is) expect(replayed).toMatchObject(then === 'words' ? { verdict: 'other way', now: 'not placed' } : { verdict: 'diverged' });
    else expect([replayed.recorded, replayed.now]).not.toContain('not placed');
    if (was || is) expect(replayed.verdict === 'alike').toBe(describeReplayed(replayed) === null && adviseOnReplayed(replayed) === null);
  });

  it.each(['pending', 'unknown', 'live', 'ending', 'ended', 'failed'])(
    'of status %s was placed, once its first callflow was made',
    (status) => {
      const turns = [{ turn: 0, after: 2 }];
      const call = { ...recorded('words', { status }), turns };
      expect(replayRecorded(flowThat('words'), call).verdict).toBe('alike');
      expect(replayRecorded(flowThat('opted out'), call)).toMatchObject({ verdict: 'other way', now: 'not placed' });
    },
  );

  it.each(['pending', 'failed'])('of status %s without a callflow is not compared in this', (status) => {
    const call = { ...recorded('words', { status }), turns: [] };
    expect(replayRecorded(flowThat('nothing'), call).verdict).toBe('alike');
  });

  it('that waits for its step stands where it stood, whatever comes behind it', () => {
    const call = { ...recorded('words', { status: 'pending', open: true }), site: 'find' };
    const waiting = { ...call, entries: call.entries.slice(0, 1) };
    for (const now of [...DECLINED, ...PLACED]) expect(replayRecorded(flowThat(now), waiting).verdict).toBe('alike');
  });

  it('is told of without a word of it where strangers read along', () => {
    const placed = replayRecorded(flowThat('words'), recorded('opted out'));
    expect(describeReplayed(placed)).toBe(
      'The flow declined the call, so that nobody was called; now it is placed, and whoever is called hears "Hello.".',
    );
    expect(describeReplayed(placed, { words: false })).toBe('The flow declined the call, so that nobody was called; now it is placed.');
    const declined = replayRecorded(flowThat('moved'), recorded('words'));
    expect(describeReplayed(declined)).toBe('The call was placed; now the flow declines it, and nobody is called.');
    const reason = replayRecorded(flowThat('moved'), recorded('opted out'));
    expect(describeReplayed(reason)).toBe('Nobody is called, as then; the reason was "opted out", now it is "moved".');
    expect(describeReplayed(reason, { words: false })).toBe('Nobody is called, as then; the reason is different.');
  });

  it('of an earlier release has no reason to compare; one that was masked is like any', () => {
    const { declined: _, ...old } = recorded('opted out');
    expect(replayRecorded(flowThat('moved'), old).verdict).toBe('alike');
    expect(replayRecorded(flowThat('moved'), { ...old, declined: '•••' }).verdict).toBe('alike');
  });

  it.each([...DECLINED, ...PLACED])('that ended by "%s" is made into one that is placed, or is not, likewise', (ending) => {
    const flow = flowThat(ending);
    const call = recorded(ending);
    const made = madeUpCall(flow, explore(flow), call);
    if (!('journal' in made)) throw new TypeError(made.why);
    const isDeclined = DECLINED.includes(ending);
    expect(made.journal).toMatchObject({ status: call.status, declined: call.declined, call: { direction: 'outbound' } });
    expect(made.arrows.some((arrow) => arrow.endsWith(' not placed'))).toBe(isDeclined);
    expect(made.journal.heard).toHaveLength(ending === 'words' || ending === 'question' ? 1 : 0);
    for (const other of isDeclined ? PLACED : DECLINED) expect(replayRecorded(flowThat(other), made.journal).verdict).not.toBe('alike');
  });
});

describe('a call that came in', () => {
  it.each(pairs)('and ended by "%s" is never declined by code that ends by "%s"', (then, now) => {
    for (const status of ['live', 'ending', 'ended', 'failed']) {
      const replayed = replayRecorded(flowThat(now, 'inbound'), recorded(then, { direction: 'inbound', status }));
      expect([replayed.recorded, replayed.now]).not.toContain('not placed');
    }
  });
});

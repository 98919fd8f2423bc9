import { describe, expect, it } from 'vitest';
import { explore } from '../chart/explore.ts';
import { toMermaid } from '../chart/mermaid.ts';
import { toStately } from '../chart/stately.ts';
import { verify } from '../chart/verify.ts';
import { bridge } from '../effects/bridge.ts';
import { capture } from '../effects/capture.ts';
import { hangup } from '../effects/hangup.ts';
import { log } from '../effects/log.ts';
import { playFile } from '../effects/play-file.ts';
import { say } from '../effects/say.ts';
import { step } from '../effects/step.ts';
import { useLanguage } from '../effects/use-language.ts';
import { defineFlow } from '../flow/define-flow.ts';
import type { FlowBody, FlowModule } from '../flow/flow-options.ts';
import { compile } from '../machine/compile.ts';
import { startCall } from './start-call.ts';
import { arrowTitle } from '../chart/arrow-title.ts';
import { walkPath } from './walk-path.ts';

type Direction = 'inbound' | 'outbound';

function flowOf(body: FlowBody, direction: readonly Direction[] = ['outbound']): FlowModule {
  return defineFlow({ name: 'subject', voices: { en: 'en-US-BenjaminRUS' }, language: 'en', examples: { direction } }, body);
}

const optedOut = step('opted-out', () => true, { examples: { yes: true, no: false }, onError: () => false });
const reminder: FlowBody = function* () {
  if (yield* optedOut) return void (yield hangup());
  yield say('Your parcel comes today.');
};

const steps = { find: () => 1 };

const ends = (flow: FlowModule): readonly string[] => explore(flow).arrows.map(({ from, label, to }) => `${from} ${label} → ${to}`);

const FIRST_BATCHES: readonly (readonly [what: string, body: FlowBody, isPlaced: boolean])[] = [
  ['nothing at all', function* () {}, false],
  [
    'a hang-up',
    function* () {
      yield hangup();
    },
    false,
  ],
  [
    'a log line',
    function* () {
      yield log('Nothing to do.');
    },
    false,
  ],
  [
    'a language, and a hang-up',
    function* () {
      yield useLanguage('en');
      yield hangup();
    },
    false,
  ],
  [
    'a step',
    function* () {
      yield* step('find', () => 1, { examples: { one: 1 }, onError: () => 0 });
    },
    false,
  ],
  [
    'two steps and a clean-up',
    function* () {
      try {
        yield* step('find', () => 1, { examples: { one: 1 }, onError: () => 0 });
      } finally {
        yield log('Done.');
      }
    },
    false,
  ],
  [
    'words',
    function* () {
      yield say('Hello.');
    },
    true,
  ],
  [
    'words before a hang-up',
    function* () {
      yield say('Hello.');
      yield hangup();
    },
    true,
  ],
  [
    'a file',
    function* () {
      yield playFile('https://files.example/hello.mp3');
    },
    true,
  ],
  [
    'a question',
    function* () {
      yield* capture('Coming?', { id: 'coming' });
    },
    true,
  ],
  [
    'a question, and then nothing',
    function* () {
      yield* capture('Coming?', { id: 'coming' });
      yield hangup();
    },
    true,
  ],
  [
    'a bridge',
    function* () {
      yield* bridge('+6531589338');
    },
    true,
  ],
];

describe('an outbound call whose first batch is', () => {
  it.each(FIRST_BATCHES)('%s is placed only where it says something', async (_what, body, isPlaced) => {
    const flow = flowOf(body);
    const call = await startCall(flow, { direction: 'outbound', steps });
    expect(call.declined).toBe(!isPlaced);
    expect(call.sent.length > 0).toBe(isPlaced);
    expect(ends(flow).some((arrow) => arrow.endsWith('→ not placed'))).toBe(!isPlaced);
    expect(verify(flow).problems).toEqual([]);
  });

  it.each(FIRST_BATCHES)('%s is none of that where the call comes in', async (_what, body) => {
    const flow = flowOf(body, ['inbound']);
    expect((await startCall(flow, { steps })).declined).toBe(false);
    expect(ends(flow).filter((arrow) => arrow.includes('not placed'))).toEqual([]);
  });
});

describe('a flow that declines some calls', () => {
  const flow = flowOf(reminder, ['inbound', 'outbound']);

  it('shows on its chart when, and goes on as ever where the call comes in', () => {
    expect(ends(flow)).toEqual(expect.arrayContaining(['opted-out yes → not placed', 'opted-out yes → ended', 'opted-out no → ended']));
  });

  it('is drawn with an end of its own', () => {
    expect(toMermaid(explore(flow))).toMatch(/ {2}(s\d+) : not placed\n[^]* --> \1 : yes\n/);
    expect(toStately(explore(flow)).states).toMatchObject({
      'opted-out': { on: { yes: [{ target: 'ended' }, { target: 'not placed' }] } },
      'not placed': { type: 'final' },
    });
    expect(Object.keys(toStately(explore(flowOf(reminder, ['inbound']))).states)).not.toContain('not placed');
  });

  it('has nothing wrong with it', () => {
    expect(verify(flow).problems).toEqual([]);
  });

  it('keeps to every path of its chart', async () => {
    const compiled = compile(flow);
    const titles = compiled.chart.arrows.map(arrowTitle);
    expect(titles).toContain('opted-out —yes→ not placed');
    for (const arrow of compiled.chart.arrows) {
      const transcript = await walkPath(compiled, arrow);
      expect(transcript.includes('not placed')).toBe(arrow.witness.call.direction === 'outbound' && arrow.witness.labels[0] === 'yes');
    }
  });

  it('fails the path where it calls after all', async () => {
    const compiled = compile(flow);
    const arrow = compiled.chart.arrows.find(({ to }) => to === 'not placed');
    const placed = compiled.chart.arrows.find(({ to, label }) => to === 'ended' && label === 'yes');
    const wrong = { ...arrow, witness: placed?.witness } as NonNullable<typeof arrow>;
    await expect(walkPath(compiled, wrong)).rejects.toThrow('the chart says that nobody is called');
  });
});

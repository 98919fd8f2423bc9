import { describe, expect, it } from 'vitest';
import { verify } from '../chart/verify.ts';
import { bridge } from '../effects/bridge.ts';
import { capture } from '../effects/capture.ts';
import { hangup } from '../effects/hangup.ts';
import { log } from '../effects/log.ts';
import { say } from '../effects/say.ts';
import { step } from '../effects/step.ts';
import { uninterruptible } from '../effects/uninterruptible.ts';
import type { Flow } from '../flow/effect.ts';
import { menu } from '../questions/menu/menu.ts';
import { type Answer, flowOf, play } from '../questions/play.test-support.ts';

const DONE = { result: 1 };
const KEYS = { keys: { back: '*', main: '0' } } as const;
const work = (name: string) => step(name, () => 1, { examples: { done: 1 } });

function* two(): Flow {
  yield* work('one');
  yield* work('two');
}

/** Puts what tidies up into a block, or not. */
type Wrap = (part: () => Flow) => Flow;
function* wrapped(part: () => Flow): Flow {
  yield* uninterruptible(part);
}
function* bare(part: () => Flow): Flow {
  yield* part();
}

/** After `reserve`, a transfer; the table is freed however that ends. */
const transfer = (wrap: Wrap) =>
  function* (): Flow {
    yield* work('reserve');
    try {
      yield* bridge('+6531580000');
    } finally {
      yield* wrap(() => only('free'));
    }
  };

function* only(name: string): Flow {
  yield* work(name);
}

/** A step, and two that tidy up. */
const tidying = (wrap: Wrap) =>
  function* (): Flow {
    try {
      yield* work('a');
    } finally {
      yield* wrap(two);
    }
    yield* work('after');
  };

/** A branch that is left by back, and tidies up in two steps. */
const leaving = (wrap: Wrap) =>
  function* (): Flow {
    function* branch(): Flow {
      yield* tidyUp();
      yield* work('wrong');
    }
    function* tidyUp(): Flow {
      try {
        yield* menu('Back?', { 1: 1 }, { id: 'in' });
      } finally {
        yield* wrap(two);
      }
    }
    yield* menu('Rent 1.', { 1: branch }, { id: 'top' });
  };

const sites = (body: () => Flow, answers: readonly Answer[]) => play(body, answers, KEYS).sites;
const reported = (body: () => Flow) =>
  verify(flowOf(body, KEYS)).problems.flatMap(({ code, severity, site }) => (code === 'HS_VERIFY_FINALLY' ? [`${severity} ${site}`] : []));

describe('what tidies up in an uninterruptible block', () => {
  it.each<[string, () => Flow, readonly Answer[], string]>([
    ['after a bridge of which the summary tells', transfer(wrapped), [DONE, { endedBridge: 'busy' }, DONE], 'reserve bridge free closed'],
    ['after a bridge of which it does not', transfer(wrapped), [DONE, 'HANGS UP', DONE], 'reserve bridge free closed'],
    ['after a step that succeeds when the caller has gone', tidying(wrapped), ['HANGS UP', DONE, DONE, DONE], 'a a one two closed'],
    ['after a step that fails then', tidying(wrapped), ['HANGS UP', 'FAILS', DONE, DONE], 'a a one two closed'],
    ['where the caller goes during its first step', tidying(wrapped), [DONE, 'HANGS UP', DONE, DONE], 'a one one two closed'],
    ['where he goes after he went back', leaving(wrapped), ['1', '*', 'HANGS UP', DONE, DONE], 'top in one one two closed'],
    ['where a branch is left by back', leaving(wrapped), ['1', '*', DONE, DONE], 'top in one two top'],
  ])('is performed %s, and nothing else', (_when, body, answers, expected) => {
    expect(sites(body, answers).join(' ')).toBe(expected);
    expect(reported(body)).toEqual([]);
  });
});

describe('the same without a block', () => {
  it.each<[string, () => Flow, readonly string[]]>([
    ['after a bridge', transfer(bare), ['error free']],
    ['after a step', tidying(bare), ['error one', 'error two']],
    ['in a branch', leaving(bare), ['error one', 'error two']],
  ])('is an error of verify %s', (_where, body, expected) => {
    expect(reported(body)).toEqual(expected);
  });

  it.each<[string, () => Flow, readonly Answer[], string]>([
    ['at a bridge', transfer(bare), [DONE, 'HANGS UP', DONE], 'reserve bridge free closed'],
    ['at a step that fails', tidying(bare), ['HANGS UP', 'FAILS', DONE, DONE], 'a a one two closed'],
    ['after the caller went back', leaving(bare), ['1', '*', 'HANGS UP', DONE, DONE], 'top in one one two closed'],
  ])('is performed where a return opens it: %s', (_when, body, answers, expected) => {
    expect(sites(body, answers).join(' ')).toBe(expected);
  });
});

describe('the end of a session', () => {
  it('lets the flow go on from an outcome to its next wait', () => {
    const flow = function* (): Flow {
      yield* work('reserve');
      yield say('Reserved.');
      try {
        yield* capture('Well?', { id: 'q' });
      } finally {
        yield* uninterruptible(() => only('free'));
      }
    };
    expect(sites(flow, ['HANGS UP', DONE, DONE])).toEqual(['reserve', 'reserve', 'free', 'closed']);
  });

  it('is seen by no catch', () => {
    const flow = function* (): Flow {
      try {
        try {
          yield* menu('Well?', { 1: 1 }, { id: 'q' });
        } catch {
          yield* log('caught');
        }
        yield* work('ticket');
      } finally {
        yield* uninterruptible(() => only('release'));
      }
    };
    expect(sites(flow, ['HANGS UP', DONE])).toEqual(['q', 'release', 'closed']);
  });

  it('performs all of a branch that a finally has opened by a plain yield', () => {
    const flow = function* (): Flow {
      try {
        yield* capture('Well?', { id: 'q' });
      } finally {
        yield menu('Sure?', { 1: two }, { id: 'sure', attempts: 1, otherwise: plainly });
      }
    };
    function* plainly(): Flow {
      yield work('one');
      yield work('two');
    }
    expect(sites(flow, ['HANGS UP', DONE, DONE])).toEqual(['q', 'one', 'two', 'closed']);
  });

  it.each<[string, Wrap]>([
    ['in a block', wrapped],
    ['outside of one', bare],
  ])('does not lead to the goodbye where a finally asks what nobody answers any more: %s', (_where, wrap) => {
    const asking = function* (): Flow {
      try {
        yield* capture('Well?', { id: 'q' });
      } finally {
        yield* wrap(function* () {
          yield* menu('Sure?', { 1: 1 }, { id: 'sure' });
        });
      }
    };
    const goodbye = function* (): Flow {
      yield* work('farewell');
    };
    expect(play(asking, ['HANGS UP'], { goodbye })).toMatchObject({ sites: ['q', 'closed'], error: null });
  });

  it("runs what stands around the author's own hangup, and nothing behind it", () => {
    const flow = function* (): Flow {
      try {
        yield* uninterruptible(function* () {
          yield* hangup();
          yield* work('wrong');
        });
      } finally {
        yield* uninterruptible(two);
      }
    };
    expect(sites(flow, ['HANGS UP', DONE, DONE])).toEqual(['ended', 'one', 'two', 'closed']);
  });

  it('keeps what was logged on the way, once', () => {
    const logged: string[] = [];
    const flow = function* (): Flow {
      try {
        yield* capture('Well?', { id: 'q' });
      } finally {
        yield* log('first');
        yield* uninterruptible(() => only('free'));
        yield* log('last');
      }
    };
    for (const answers of [['HANGS UP'], ['HANGS UP', DONE]] as const) logged.push(...play(flow, answers).logged);
    expect(logged).toEqual(['first', 'last']);
  });

  it('bounds what tidies up, and names the site of a loop there', () => {
    const flow = function* (): Flow {
      try {
        yield* capture('?', { id: 'q' });
      } finally {
        for (;;) yield* work('release');
      }
    };
    const { error, wait } = play(flow, ['HANGS UP', DONE, DONE, DONE, DONE, DONE, DONE], { limits: { journalEntries: 5 } });
    expect([wait, error]).toMatchObject(['closed', { code: 'HS_FLOW_RUNAWAY', limit: 'journalEntries', site: 'release' }]);
  });

  it('bounds what only speaks while it tidies up', () => {
    const flow = function* (): Flow {
      try {
        yield* capture('?', { id: 'q' });
      } finally {
        for (;;) yield* say('Bye.');
      }
    };
    expect(play(flow, ['HANGS UP'])).toMatchObject({ wait: 'closed', error: { code: 'HS_FLOW_RUNAWAY', limit: 'effectsPerBatch' } });
  });

  it('lets a flow tidy up that ran away while the caller was there', () => {
    const flow = function* (): Flow {
      try {
        for (;;) yield* capture('?', { id: 'q' });
      } finally {
        yield* work('release');
      }
    };
    expect(play(flow, ['1', '1', 'HANGS UP'], { limits: { journalEntries: 1 } }).sites).toEqual(['q', 'q', 'failed', 'release']);
  });
});

import { describe, expect, it } from 'vitest';
import { bridge } from '../../effects/bridge.ts';
import { hangup } from '../../effects/hangup.ts';
import { log } from '../../effects/log.ts';
import { say } from '../../effects/say.ts';
import { step } from '../../effects/step.ts';
import { uninterruptible } from '../../effects/uninterruptible.ts';
import type { Flow } from '../../flow/effect.ts';
import type { FlowBody } from '../../flow/flow-options.ts';
import { subflow } from '../../flow/subflow.ts';
import { menu } from '../../questions/menu/menu.ts';
import { found, key, problemsOf } from './problems.test-support.ts';

const work = (name: string) => step(name, () => 1, { examples: { done: 1, not: 0 }, onError: () => 0 });
const KEYS = { keys: { back: '*' } } as const;

/** The sites that are reported. */
const sites = (body: FlowBody) =>
  problemsOf(body, KEYS)
    .filter(({ code }) => code === 'HS_VERIFY_FINALLY')
    .map(({ site }) => site);

function* freeing(): Flow {
  try {
    yield* key('try');
  } finally {
    yield* work('free');
  }
}

describe('a wait in a finally outside of an uninterruptible block', () => {
  it('is an error at its line, with the keys that lead there', () => {
    const [problem] = problemsOf(freeing);
    expect(problem).toMatchObject({ code: 'HS_VERIFY_FINALLY', severity: 'error', site: 'free', path: ['hang-up', 'done'] });
    expect(problem?.source).toMatch(/finally\.test\.ts:\d+:\d+$/);
    expect(problem?.message).toContain('yield* uninterruptible(function* () { … })');
  });

  it.each<[string, FlowBody, readonly string[]]>([
    [
      'after a bridge whose outcome a summary may tell',
      function* () {
        yield* work('reserve');
        try {
          yield* bridge('+6531580000');
        } finally {
          yield* work('free');
        }
      },
      ['free'],
    ],
    [
      'after a step that may run when the session ends',
      function* () {
        try {
          yield* step('a', () => 1, { examples: { done: 1 } });
        } finally {
          yield* work('b');
        }
      },
      ['b'],
    ],
    [
      'each of several',
      function* () {
        try {
          yield* key('try');
        } finally {
          yield* work('one');
          yield* key('two');
          yield* bridge('+6531580000', { id: 'three' });
        }
      },
      ['one', 'two', 'three'],
    ],
    [
      'by a plain yield',
      function* () {
        try {
          yield* key('try');
        } finally {
          yield work('free');
        }
      },
      ['free'],
    ],
    [
      'in a helper, of which nobody knows where it was written',
      function* () {
        yield* freeing();
        yield* work('after');
      },
      ['free'],
    ],
    [
      'in a helper that the finally calls',
      function* () {
        try {
          yield* key('try');
        } finally {
          yield* (function* () {
            yield* work('free');
          })();
        }
      },
      ['free'],
    ],
    [
      'in a sub-flow',
      function* () {
        yield* subflow('rent', freeing)();
      },
      ['rent/free'],
    ],
    [
      'in a branch, left by back',
      function* () {
        yield* menu('One.', { 1: () => menuIn(freeing) }, { id: 'top', otherwise: () => nothing() });
      },
      ['free'],
    ],
    [
      'behind a condition',
      function* () {
        let held = 0;
        try {
          held = yield* work('hold');
          yield* key('try');
        } finally {
          if (held === 1) yield* work('free');
        }
      },
      ['free'],
    ],
    [
      "around the author's own hangup",
      function* () {
        try {
          yield hangup();
        } finally {
          yield* work('free');
        }
      },
      ['free'],
    ],
    [
      'a question, even one that is composed',
      function* () {
        try {
          yield* key('try');
        } finally {
          yield* menu('Sure?', { 1: 1 }, { id: 'sure', otherwise: 0 });
        }
      },
      ['sure'],
    ],
  ])('is found %s', (_where, body, expected) => {
    expect(sites(body)).toEqual(expected);
  });

  it.each<[string, FlowBody]>([
    [
      'in a block',
      function* () {
        try {
          yield* key('try');
        } finally {
          yield* uninterruptible(function* () {
            yield work('one');
            yield* freeing();
          });
        }
      },
    ],
    [
      'in a block that is yielded plainly',
      function* () {
        try {
          yield* key('try');
        } finally {
          yield uninterruptible(freeing);
        }
      },
    ],
    [
      'where a finally only speaks and logs',
      function* () {
        try {
          yield* key('try');
        } finally {
          yield say('Bye.');
          yield* log('bye');
        }
        yield* work('after');
      },
    ],
    [
      'behind a finally, or in a catch',
      function* () {
        try {
          try {
            yield* work('one');
          } finally {
            yield* log('left');
          }
          if ((yield* key('throw')) === '1') throw new RangeError('caught');
        } catch {
          yield* work('two');
        }
        yield* work('three');
      },
    ],
    [
      'where a catch takes what a finally throws',
      function* () {
        try {
          try {
            yield* key('try');
          } finally {
            Object.hasOwn(null as never, 'nothing');
          }
        } catch {
          yield* work('repair');
        }
      },
    ],
  ])('is none %s', (_where, body) => {
    expect(sites(body)).toEqual([]);
  });

  it('is told once, whatever leads there', () => {
    const body = function* () {
      try {
        yield* key('one');
        yield* key('two');
      } finally {
        yield* work('free');
      }
    };
    expect(found(body).filter((line) => line.includes('FINALLY'))).toEqual(['error HS_VERIFY_FINALLY free [hang-up done]']);
  });
});

function* menuIn(part: () => Flow): Flow {
  yield* part();
  yield* menu('Two.', { 1: 1 }, { id: 'in', otherwise: 0 });
}

function* nothing(): Flow {}

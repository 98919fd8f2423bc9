import { describe, expect, it } from 'vitest';
import { bridge } from '../../effects/bridge.ts';
import { capture } from '../../effects/capture.ts';
import { hangup } from '../../effects/hangup.ts';
import { say } from '../../effects/say.ts';
import { step } from '../../effects/step.ts';
import type { Flow } from '../../flow/effect.ts';
import { type Answer, play } from '../play.test-support.ts';
import { menu } from './menu.ts';

const KEYS = { keys: { back: '*', main: '0' } } as const;
const inner = () => menu('Paid 1.', { 1: 'paid' }, { id: 'inner' });
const calling = (branch: () => Flow<unknown>, answers: readonly Answer[]) =>
  play(
    function* () {
      yield* menu('Rent 1.', { 1: branch }, { id: 'top' });
    },
    answers,
    KEYS,
  );

function* renting(): Flow<unknown> {
  try {
    return yield* inner();
  } finally {
    yield* step('release', () => 1);
    yield* step('notify', () => 1);
  }
}

describe('a session that ends inside a branch', () => {
  it('runs the finally blocks of the branch, steps included', () => {
    const { sites } = calling(renting, ['1', 'HANGS UP', { result: 1 }, { result: 1 }]);
    expect(sites).toEqual(['top', 'inner', 'release', 'notify', 'closed']);
  });

  it('runs them where menus came by a plain yield', () => {
    const { sites } = play(
      function* () {
        yield menu('Rent 1.', { 1: renting }, { id: 'top' });
      },
      ['1', 'HANGS UP', { result: 1 }, { result: 1 }],
    );
    expect(sites).toEqual(['top', 'inner', 'release', 'notify', 'closed']);
  });

  it('runs them after a hang-up of the branch itself', () => {
    function* ending(): Flow {
      try {
        yield* hangup();
      } finally {
        yield* step('release', () => 1);
      }
    }
    expect(calling(ending, ['1', 'HANGS UP', { result: 1 }]).sites).toEqual(['top', 'ended', 'release', 'closed']);
  });

  it('ends any number of branches', () => {
    const depth = 2_000;
    const deeper = (): Flow<unknown> => menu('Deeper 1.', { 1: deeper }, { id: 'deep' })[Symbol.iterator]() as Flow<unknown>;
    const answers = [...Array.from({ length: depth }, () => '1'), 'HANGS UP'];
    expect(play(deeper, answers, { limits: { turns: depth + 2 } })).toMatchObject({ wait: 'closed', error: null });
  });

  it('goes on with them where it ends while the caller goes back', () => {
    const { sites } = calling(renting, ['1', '*', 'HANGS UP', { result: 1 }, { result: 1 }]);
    expect(sites).toEqual(['top', 'inner', 'release', 'release', 'notify', 'closed']);
  });
});

describe('a branch that is left', () => {
  it('hears of the failure of a step in its finally block', () => {
    function* careful(): Flow<unknown> {
      try {
        return yield* inner();
      } finally {
        try {
          yield* step('release', () => 1);
        } catch {
          yield* say('It stays rented.');
        }
      }
    }
    const { heard, site } = calling(careful, ['1', '*', 'FAILS']);
    expect([site, heard]).toEqual(['top', 'It stays rented. | Rent 1.']);
  });

  it.each<[string, () => Flow<unknown>]>([
    [
      'a question',
      function* () {
        yield* capture('Why?', { id: 'why' });
      },
    ],
    [
      'a bridge',
      function* () {
        yield* bridge('+6531580000');
      },
    ],
    [
      'a hang-up',
      function* () {
        yield* hangup();
      },
    ],
  ])('does not wait for %s in a finally block', (_what, asks) => {
    function* curious(): Flow<unknown> {
      try {
        return yield* inner();
      } finally {
        yield* asks();
      }
    }
    expect(calling(curious, ['1', '*']).sites).toEqual(['top', 'inner', 'top']);
  });

  it('asks nothing more after a helper whose finally block waited', () => {
    // JavaScript resumes a generator behind such a `yield*` as if the inner one had ended by itself.
    function* branch(): Flow {
      yield* renting();
      yield* capture('And now?', { id: 'next' });
    }
    expect(calling(branch, ['1', '*', { result: 1 }, { result: 1 }]).sites).toEqual(['top', 'inner', 'release', 'notify', 'top']);
  });

  it('fails the flow where it can not be left at all', () => {
    function* stuck(): Flow {
      for (;;) {
        try {
          yield* inner();
        } finally {
          // eslint-disable-next-line no-unsafe-finally -- what is tested
          continue;
        }
      }
    }
    expect(calling(stuck, ['1', '*']).error).toMatchObject({ code: 'HS_FLOW_DEFINITION' });
  });
});

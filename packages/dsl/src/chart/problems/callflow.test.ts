import { describe, expect, it } from 'vitest';
import { bridge } from '../../effects/bridge.ts';
import { say } from '../../effects/say.ts';
import { found, key, problemsOf } from './problems.test-support.ts';

function* recorded() {
  yield* bridge('+6531589338', { callRecording: true });
  yield* bridge('+6531589338', { id: 'again', callRecording: true });
}

describe('a callflow that breaks a rule', () => {
  it('is found with the keys that lead there', () => {
    const talkative = function* () {
      if ((yield* key('main')) === '7') for (let times = 0; times < 1_001; times++) yield say('And another thing.');
    };
    expect(found(talkative, { limits: { effectsPerBatch: 2_000 } })).toEqual(['error HS_VERIFY_CALLFLOW ended [7]']);
  });

  it('is judged as one that is sent where a call is placed, and only its first one is', () => {
    const problems = problemsOf(recorded, { examples: { direction: ['outbound'] } });
    expect(problems.map(({ severity, site }) => [severity, site])).toEqual([['warning', 'bridge']]);
    expect(problems[0]?.message).toContain('$.callflow[1].params.callRecording');
  });

  it('is judged as an answer where a call comes in', () => {
    expect(found(recorded)).toEqual([]);
  });
});

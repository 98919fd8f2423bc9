import { describe, expect, it } from 'vitest';
import { defineFlow } from '../../flow/define-flow.ts';
import { explore } from '../../chart/explore.ts';
import { startCall } from '../../testing/start-call.ts';
import { say } from '../../effects/say.ts';
import { type Answer, play } from '../play.test-support.ts';
import { isHuman, type IsHumanOptions } from './is-human.ts';

const PROMPT = 'This is your bank. To go on, press 1.';
const asking = (options: Partial<IsHumanOptions>, answers: readonly Answer[]) =>
  play(function* () {
    return yield* isHuman({ prompt: PROMPT, id: 'human', ...options });
  }, answers);

describe('isHuman', () => {
  it.each<[string, Partial<IsHumanOptions>, readonly Answer[], boolean]>([
    ['the key is pressed', {}, ['1'], true],
    ['it is pressed at last', {}, [null, '1'], true],
    ['nobody presses anything', {}, [null, null], false],
    ['other keys are pressed', {}, ['2', '3'], false],
    ['another key is asked for', { key: '5,*' }, ['*'], true],
    ['there is one attempt', { attempts: 1 }, [null], false],
  ])('where %s', (_what, options, answers, result) => {
    expect(asking(options, answers).result).toBe(result);
  });

  it('has the prompts of a menu, and is called isHuman in what it tells', () => {
    const { turns, capture } = asking({ noInput: 'Please press 1.' }, [null]);
    expect(turns).toEqual([PROMPT, 'Please press 1.']);
    expect(capture.shape).toMatchObject({ of: 'isHuman', declared: ['1'] });
  });

  it('is explored both ways, and played by keys and silence', async () => {
    const flow = defineFlow({ name: 'reminder', voice: 'en-US-BenjaminRUS', examples: { direction: ['outbound'] } }, function* () {
      if (!(yield* isHuman({ prompt: PROMPT, id: 'human' }))) return 'no key';
      yield say('Your card is blocked.');
      return 'told';
    });
    const { sites, arrows } = explore(flow);
    expect(sites.get('human')?.declared).toEqual(['1']);
    expect(new Set(arrows.filter(({ from, when }) => from === 'human' && when === 'answer').map(({ to }) => to))).toEqual(
      new Set(['human', 'ended']),
    );
    const call = await startCall(flow, { direction: 'outbound' });
    await call.stayQuiet();
    await call.stayQuiet();
    expect(call.result).toBe('no key');
    const other = await startCall(flow, { direction: 'outbound' });
    await other.press('1');
    expect(other.result).toBe('told');
  });

  it.each<[string, object, string]>([
    ['no prompt', { prompt: undefined }, 'HS_CALLFLOW_PROMPT_REQUIRED'],
    ['no keys', { key: 'y' }, 'HS_MENU_KEY'],
    ['a number', { key: 1 }, 'HS_MENU_KEY'],
    ['an answer of its own', { otherwise: true }, 'HS_EFFECT_OPTION_UNKNOWN'],
  ])('is refused where it is made with %s', (_what, options, code) => {
    expect(() => isHuman({ prompt: PROMPT, ...options })).toThrow(expect.objectContaining({ code }) as Error);
  });
});

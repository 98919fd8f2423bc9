import { describe, expect, it } from 'vitest';
import { platformSetting } from './platform-setting.ts';

describe('--platform', () => {
  it('names settings and settings of settings, one after the other', () => {
    const texts = [
      'vcaPer=action',
      'capture.closingHash=included',
      'capture.msPerCharacter=0',
      'answerReplaces=false',
      'trunkCapacity=null',
    ];
    expect(texts.reduce((before, text) => platformSetting(text, before), {})).toEqual({
      vcaPer: 'action',
      capture: { closingHash: 'included', msPerCharacter: 0 },
      answerReplaces: false,
      trunkCapacity: null,
    });
  });

  it.each(['vcaPer', 'vcaPer=', '=action', 'a.b.c=1', 'vca-per=action'])('does not take %s', (text) => {
    expect(() => platformSetting(text)).toThrow('Write name=value');
  });
});

import { describe, expect, it } from 'vitest';
import { DEFAULT_BEHAVIOUR, readBehaviour } from './behaviour.ts';
import { SimulatorOptionError } from './errors/simulator-option-error.ts';
import { readPlatformOptions } from './platform-options.ts';

describe('behaviour', () => {
  it('is the assumed one without options', () => {
    expect(readBehaviour()).toEqual(DEFAULT_BEHAVIOUR);
  });

  it('takes single settings of a group', () => {
    const behaviour = readBehaviour({ capture: { closingHash: 'included' }, redelivery: { times: 2 }, wire: { numbers: 'bare' } });
    expect(behaviour.capture).toEqual({ ...DEFAULT_BEHAVIOUR.capture, closingHash: 'included' });
    expect(behaviour.redelivery).toEqual({ times: 2, afterMs: 1000, eventId: 'same' });
    expect(behaviour.wire.eventData).toBe('object');
  });

  it.each<[object, string, RegExp]>([
    [{ vcaper: 'action' }, 'behaviour.vcaper', /Did you mean "vcaPer"/u],
    [{ vcaPer: 'actions' }, 'behaviour.vcaPer', /did you mean "action"/u],
    [{ capture: { silense: 'null' } }, 'behaviour.capture.silense', /Did you mean "silence"/u],
    [{ wire: { numbers: 'e164' } }, 'behaviour.wire.numbers', /must be one of plus, bare, as-written/u],
    [{ redelivery: { times: 101 } }, 'behaviour.redelivery.times', /in 0\.\.100; got 101/u],
    [{ answerTimeoutMs: 0 }, 'behaviour.answerTimeoutMs', /at least 1/u],
    [{ trunkCapacity: -1 }, 'behaviour.trunkCapacity', /at least 0/u],
    [{ colour: 'red' }, 'behaviour.colour', /Known are vcaPer, capture/u],
  ])('refuses %j', (options, option, message) => {
    const read = (): unknown => readBehaviour(options);
    expect(read).toThrow(SimulatorOptionError);
    expect(read).toThrow(message);
    expect(read).toThrow(expect.objectContaining({ option, code: 'HS_SIMULATOR_OPTION' }));
  });
});

describe('the options of a platform', () => {
  it.each<[object, RegExp]>([
    [{ subAcountId: 'x' }, /Did you mean "subAccountId"/u],
    [{ subAccountId: 'no spaces please' }, /3 to 50 letters/u],
    [{ clock: 'fake' }, /must be 'real', 'virtual' or a clock/u],
    [{ parties: { does: 'answer' } }, /did you mean "answers"/u],
    [{ parties: { talkMs: -1 } }, /parties.talkMs/u],
    [{ connections: 0 }, /connections/u],
    [{ chaos: { duplicate: 0.1 } }, /Did you mean "duplicates"/u],
  ])('are refused: %j', (options, message) => {
    expect(() => readPlatformOptions(options)).toThrow(message);
  });

  it('draw a seed where none is given', () => {
    expect(readPlatformOptions({}).seed).toMatch(/^\d+$/u);
    expect(readPlatformOptions({ seed: 7 }).seed).toBe('7');
  });
});

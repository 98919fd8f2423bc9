import { describe, expect, it } from 'vitest';
import { SimulatorOptionError } from '../errors/simulator-option-error.ts';
import { parseChaos, readChaos } from './chaos-options.ts';

describe('chaos', () => {
  it('is nothing where every rate is 0', () => {
    expect(readChaos()).toBeNull();
    expect(readChaos({ duplicates: 0, delayed: { rate: 0, ms: 5 } })).toBeNull();
  });

  it('is a rate, or a rate with its time', () => {
    expect(readChaos({ duplicates: 0.1, delayed: { rate: 0.2, ms: 5 } })).toMatchObject({
      rates: { duplicates: 0.1, delayed: 0.2, lost: 0 },
      ms: { delayed: 5, lost: 1_000 },
      restart: null,
    });
  });

  it('takes a function that restarts the server', () => {
    const restart = (): Promise<void> => Promise.resolve();
    expect(readChaos({ restarts: { rate: 1, restart, drain: false } })).toMatchObject({ restart, drain: false });
  });

  it.each<[object, RegExp]>([
    [{ duplicate: 0.1 }, /Did you mean "duplicates"/u],
    [{ duplicates: 2 }, /chaos\.duplicates".*in 0\.\.1.*; got 2/u],
    [{ duplicates: { rate: -1 } }, /chaos\.duplicates\.rate/u],
    [{ duplicates: { rate: 1, ms: 5 } }, /chaos\.duplicates\.ms/u],
    [{ delayed: { rate: 1, ms: -5 } }, /chaos\.delayed\.ms/u],
    [{ restarts: 0.5 }, /must be \{ rate, restart \}/u],
    [{ restarts: { rate: 1 } }, /must be a function that restarts the server/u],
  ])('refuses %j', (options, message) => {
    expect(() => readChaos(options)).toThrow(SimulatorOptionError);
    expect(() => readChaos(options)).toThrow(message);
  });

  it('is read from a command line', () => {
    expect(parseChaos(['duplicates=0.1', 'delayed=0.2:3000', 'lost-for-good=1'])).toEqual({
      duplicates: { rate: 0.1 },
      delayed: { rate: 0.2, ms: 3_000 },
      lostForGood: { rate: 1 },
    });
  });

  it('is read with restarts where something can restart the server', () => {
    const restart = (): Promise<void> => Promise.resolve();
    expect(parseChaos(['restarts=0.01'], restart)).toEqual({ restarts: { rate: 0.01, restart } });
  });

  it('refuses one kind twice', () => {
    expect(() => parseChaos(['lost=0.1', 'lost=0.2'])).toThrow('"chaos.lost": is given twice');
  });

  it.each<[string, RegExp]>([
    ['duplicates', /can't read "duplicates"; write for example duplicates=0\.1/u],
    ['duplicate=0.1', /Did you mean "duplicates"/u],
    ['restarts=0.1', /chaos\.restarts": there is no such key/u],
    ['duplicates=3', /in 0\.\.1/u],
  ])('refuses %s on a command line', (text, message) => {
    expect(() => parseChaos([text])).toThrow(message);
  });
});

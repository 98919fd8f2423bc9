import { describe, expect, it } from 'vitest';
import { writeState } from './draft.ts';
import { initialState, readState } from './state.ts';

const call = { fromCountry: 'SG', toCountry: null, language: null, params: { order: 7 } };

describe('the state of a session in the store', () => {
  it('is read as it was written', () => {
    const state = {
      ...initialState(call, 'leg'),
      outstanding: 'answer' as const,
      cursor: 2,
      lease: { token: 't', until: 5 },
      bridged: true,
    };
    expect(readState(writeState(state))).toEqual(state);
  });

  it('holds only what is not as usual', () => {
    expect(JSON.parse(writeState(initialState(call, 'leg')))).toEqual({ fromCountry: 'SG', params: { order: 7 }, legId: 'leg' });
  });

  it('may have everything written out', () => {
    const state = initialState(call, null);
    expect(readState(JSON.stringify(state))).toEqual(state);
  });
});

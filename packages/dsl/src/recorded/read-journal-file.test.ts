import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { brokenLine } from './json-line.ts';
import { readJournalFile } from './read-journal-file.ts';

const GOOD = {
  format: 'hookswitch-journal',
  version: 1,
  flow: 'desk',
  site: 'key',
  call: {},
  entries: [{ site: 'key', at: 1, value: '1' }],
};

describe('a journal file', () => {
  it('is read, with or without what later releases write', () => {
    expect(readJournalFile(JSON.stringify(GOOD), 'a.json')).toMatchObject({ flow: 'desk', flowVersion: '1', status: 'ended' });
    const heard = [{ after: 0, actions: [{ action: 'hangup' }] }];
    expect(readJournalFile(JSON.stringify({ ...GOOD, heard }), 'a.json').heard).toEqual(heard);
  });

  it.each<[string, unknown]>([
    ['This is no exported journal.', []],
    ['It has a format of another version', { ...GOOD, version: 2 }],
    ['A part of it is missing', { ...GOOD, call: null }],
    ['entries[1] has no site.', { ...GOOD, entries: [...GOOD.entries, {}] }],
    ['"heard" is no list', { ...GOOD, heard: [{ after: 0, actions: [null] }] }],
    ['"heard" is no list', { ...GOOD, heard: 'nothing' }],
  ])('is refused: %s', (message, value) => {
    expect(() => readJournalFile(JSON.stringify(value), 'a.json')).toThrow(
      expect.objectContaining({ code: 'HS_JOURNAL_FILE', file: 'a.json', message: expect.stringContaining(message) as string }),
    );
  });

  it.each([
    ['not JSON', 1],
    ['', 1],
    ['{\n"a": 1,\n"b": nope\n}', 3],
    ['{\n"a": 1,\n"b": 2', 3],
    ['{\n"a": "begun\n"\n}', 2],
    ['{}\n\nmore', 3],
  ])('that is no JSON names its line: %j', (text, line) => {
    expect(() => readJournalFile(text, 'a.json')).toThrow(
      expect.objectContaining({ line, message: expect.stringContaining(`line ${line}`) as string }),
    );
  });

  it('names the line of any word that is put into it', () => {
    const lines = JSON.stringify(GOOD, null, 2).split('\n');
    fc.assert(
      fc.property(fc.integer({ min: 1, max: lines.length - 1 }), (at) => brokenLine(lines.toSpliced(at, 0, '?!').join('\n')) === at + 1),
    );
  });
});

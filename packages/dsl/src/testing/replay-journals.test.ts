import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { capture } from '../effects/capture.ts';
import { defineFlow } from '../flow/define-flow.ts';
import { journalsOf, type ReplayJournalsOptions } from './replay-journals.ts';
import { replayJournals } from './vitest.ts';

const flow = (id = 'key', prompt = 'Which key?', name = 'desk') =>
  defineFlow({ name, voice: 'en-US-BenjaminRUS' }, function* () {
    yield* capture(prompt, { id, maxDigits: 1 });
  });
const CALL = { id: 'c', sessionId: 's', subAccountId: 'a', direction: 'inbound', from: null, to: '+6560000000', fromCountry: null, toCountry: null, language: null, startedAt: 0, params: {} }; // prettier-ignore
const ASKED = { action: 'sayAndCapture', params: { promptMessage: 'Which key?', voiceProfile: 'en-US-BenjaminRUS' } };
const JOURNAL = { format: 'hookswitch-journal', version: 1, flow: 'desk', flowVersion: '1', status: 'live', site: 'key', call: CALL, entries: [], heard: [{ after: 0, actions: [ASKED] }] }; // prettier-ignore

/** A folder below the working directory, as people write it. */
function folder(files: Readonly<Record<string, unknown>>): string {
  const path = mkdtempSync(join(import.meta.dirname, 'journals-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  for (const [name, value] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), typeof value === 'string' ? value : JSON.stringify(value));
  }
  return relative(process.cwd(), path).replaceAll('\\', '/');
}
const failures = (pattern: string, subject: ReturnType<typeof flow>, options: ReplayJournalsOptions = {}): readonly (string | null)[] =>
  journalsOf(pattern, subject, options).journals.map(({ check }) => {
    try {
      check();
      return null;
    } catch (error) {
      return (error as Error).message;
    }
  });

describe('replayJournals', () => {
  it('passes what goes its way, and fails what does not: the site, what was, what is, what to do', () => {
    const files = folder({ 'a.json': JOURNAL, 'b.txt': 'no', 'deep/er/c.json': JOURNAL });
    expect(failures(`${files}/*.json`, flow())).toEqual([null]);
    expect(failures(`${files}/**/?.json`, flow())).toEqual([null, null]);
    expect(failures(`${files}/*.json`, flow('digit'))).toEqual([
      `${files}/a.json: After answer 0 the call stood at "key"; now the code waits at "digit", which says "Which key?". Give what is asked at "digit" the old id "key" if it is the same question; else give the changed flow a new version and keep the old one beside it for calls in progress.`,
    ]);
  });

  it('compares words where they matter', () => {
    const pattern = `${folder({ 'a.json': JOURNAL })}/*.json`;
    expect(failures(pattern, flow('key', 'A key?'))).toEqual([null]);
    expect(failures(pattern, flow('key', 'A key?'), { words: true })).toEqual([
      expect.stringContaining('the caller heard "Which key?"; now "A key?".'),
    ]);
  });

  it('compares tags and results where they matter', () => {
    const pattern = `${folder({ 'a.json': { ...JOURNAL, tags: { reason: 'billing' }, result: null } })}/*.json`;
    expect(failures(pattern, flow())).toEqual([null]);
    expect(failures(pattern, flow(), { results: true })).toEqual([
      expect.stringContaining('The caller hears the same; the tag "reason" was "billing", now it is nothing.'),
    ]);
  });

  it('fails for files that are no journals', () => {
    expect(failures(`${folder({ 'a.json': '{\n' })}/*`, flow())).toEqual([expect.stringContaining('This is not JSON (line 2)')]);
  });

  it.each([
    ['no file is called like that', {}],
    ['the only file is of other flows: desk', { 'a.json': JOURNAL }],
  ])('fails where it would test nothing: %s', (message, files) => {
    const { problem, journals } = journalsOf(`${folder(files)}/*.json`, flow('key', '?', 'other'), {});
    expect([journals, problem?.code, problem?.message]).toEqual([[], 'HS_TEST_RECORDED', expect.stringContaining(message)]);
  });
});

const files = mkdtempSync(join(import.meta.dirname, 'journals-'));
writeFileSync(join(files, 'recorded.json'), JSON.stringify(JOURNAL));
replayJournals(`${relative(process.cwd(), files)}/*.json`, flow(), { words: true });
rmSync(files, { recursive: true });

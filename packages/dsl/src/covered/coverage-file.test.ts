import { expect, it } from 'vitest';
import { say } from '../effects/say.ts';
import { defineFlow } from '../flow/define-flow.ts';
import { startCall } from '../testing/index.ts';
import { readCoverage, takenParts, writeCoverage } from './coverage-file.ts';
import { coverageOf } from './coverage.test-support.ts';

const hello = defineFlow({ name: 'hello', voice: 'en-US-BenjaminRUS' }, function* () {
  yield* say('Hello.');
});

it('a report comes out of its file as it went in', async () => {
  const coverage = await coverageOf(() => startCall(hello));
  expect(readCoverage(writeCoverage(coverage))).toEqual(coverage);
});

it('it says of each part of a diagram whether it was taken', async () => {
  const coverage = await coverageOf(() => startCall(hello));
  const taken = takenParts(coverage, 'hello', '1');
  expect(taken?.arrow({ from: 'idle', label: '', to: 'ended', when: 'start' })).toBe(true);
  expect(taken?.site('main')).toBe(false);
  expect(takenParts(coverage, 'hello', '2')).toBeNull();
});

it.each([
  ['no JSON', 'flow,sites', 'It is not JSON'],
  ['a report of code coverage', '{"total":{"lines":{"pct":80}}}', 'It is no report of @hookswitch/dsl/coverage'],
  ['a list', '[]', 'It is no report'],
  ['null', 'null', 'It is no report'],
  ['a flow without arrows', '{"format":1,"flows":[{"name":"a","version":"1","sites":[]}]}', 'It is no report'],
  ['a later form', '{"format":2,"flows":[]}', 'It has format 2, and this release reads format 1'],
])('%s is refused in one sentence', (_what, text, message) => {
  expect(() => readCoverage(text)).toThrow(
    expect.objectContaining({ code: 'HS_COVERAGE_FILE', message: expect.stringContaining(message) as string }),
  );
});

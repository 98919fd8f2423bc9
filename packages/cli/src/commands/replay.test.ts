import { describe, expect, it } from 'vitest';
import { flowSource, hookswitch, project } from '../cli.test-support.ts';

const CALL = {
  id: 'c',
  sessionId: 's',
  subAccountId: 'Acme',
  direction: 'inbound',
  from: '+65••••65',
  to: '+65••••48',
  fromCountry: null,
  toCountry: null,
  language: null,
  startedAt: 0,
  params: {},
};
const journal = (site: string, entries: readonly object[], more: object = {}): string =>
  JSON.stringify({
    format: 'hookswitch-journal',
    version: 1,
    flow: 'hello',
    flowVersion: '1',
    status: 'live',
    site,
    call: CALL,
    entries,
    ...more,
  });
const pressed = { site: 'key', at: 1, value: '5' };
const over = { site: 'ended', at: 2, ended: true };
const erased = { site: 'key', at: 1, erased: true, value: '•', length: 1 };
const MORE = "yield* capture('How did we do?', { id: 'survey', maxDigits: 1 });";

/** Replays journals on a flow, and gives the verdicts in JSON. */
async function replay(source: string, journals: Readonly<Record<string, string>>, ...args: readonly string[]) {
  const cwd = project({ 'flows/hello.ts': source, ...journals });
  const { code, out, err } = await hookswitch(['replay', ...Object.keys(journals), '--json', ...args], { cwd });
  return { code, err, results: out === '' ? [] : (JSON.parse(out) as { file: string; verdict: string; text: string }[]) };
}

describe('hookswitch replay', () => {
  it.each([
    ['a call in progress', 'key', [], '0 answers'],
    ['a call that was answered', 'ended', [pressed], '1 answer'],
    ['a call that is over', 'closed', [pressed, over], '2 answers'],
    ['a call that was hung up', 'closed', [{ site: 'key', at: 1, ended: true }], '1 answer'],
  ])('finds %s identical', async (_what, site, entries, text) => {
    const { code, results } = await replay(flowSource('hello'), { 'a.json': journal(site, entries) });
    expect([code, results]).toEqual([0, [{ file: 'a.json', verdict: 'identical', text }]]);
  });

  it.each([
    ['when the flow had said all', 'ended', [pressed]],
    ['when the session was over', 'closed', [pressed, over]],
  ])('finds that the code goes on %s', async (_when, site, entries) => {
    const { code, results } = await replay(flowSource('hello', { after: MORE }), { 'a.json': journal(site, entries) });
    const text = expect.stringContaining(
      'The call was over after answer 1; now the code waits at "survey", which says "How did we do?".',
    ) as string;
    expect([code, results]).toEqual([0, [{ file: 'a.json', verdict: 'extended', text }]]);
  });

  it.each([
    [
      'a renamed site',
      flowSource('hello', { id: 'digit' }),
      'ended',
      [pressed],
      'Answer 1 of 1 was given at "key"; now the code waits at "digit", which says "Press a key.".',
    ],
    [
      'a renamed site in a call in progress',
      flowSource('hello', { id: 'digit' }),
      'key',
      [],
      'After answer 0 the call stood at "key"; now the code waits at "digit"',
    ],
    [
      'a question that is gone',
      flowSource('hello'),
      'survey',
      [pressed],
      'After answer 1 the call stood at "survey"; now the code is over there (ended).',
    ],
  ])('finds what diverged: %s', async (_what, source, site, entries, text) => {
    const { code, results } = await replay(source, { 'a.json': journal(site, entries) });
    expect([code, results]).toEqual([1, [{ file: 'a.json', verdict: 'diverged', text: expect.stringContaining(text) as string }]]);
  });

  it('compares up to the first answer that was erased', async () => {
    const { code, results } = await replay(flowSource('hello'), {
      'a.json': journal('elsewhere', [erased, { site: 'more', at: 2, value: '1' }]),
    });
    expect([code, results]).toMatchObject([
      0,
      [{ verdict: 'identical', text: '2 answers; answer 1 was erased as sensitive, what follows it is not compared' }],
    ]);
    expect(await replay(flowSource('hello', { id: 'digit' }), { 'a.json': journal('x', [erased]) })).toMatchObject({
      code: 1,
      results: [{ verdict: 'diverged' }],
    });
    expect(await replay(flowSource('hello'), { 'a.json': journal('x', [{ ...erased, site: '•' }]) })).toMatchObject({
      code: 0,
      results: [{ verdict: 'identical' }],
    });
  });

  it('goes through all of them, whatever it finds', async () => {
    const files = {
      'no.json': 'not JSON',
      'other.json': '{}',
      'old.json': journal('x', [], { version: 9 }),
      'part.json': journal('x', [], { call: null }),
      'odd.json': journal('x', [{}]),
      'who.json': journal('x', [], { flow: 'helo' }),
      'good.json': journal('key', []),
    };
    const { code, results } = await replay(flowSource('hello'), files);
    expect(code).toBe(1);
    expect(results.map(({ verdict, text }) => `${verdict}: ${text}`)).toEqual([
      expect.stringContaining('unreadable: no.json: This is not JSON (line 1).'),
      expect.stringContaining('unreadable: other.json: This is no exported journal.'),
      expect.stringContaining('It has a format of another version'),
      expect.stringContaining('A part of it is missing'),
      expect.stringContaining('entries[0] has no site.'),
      expect.stringContaining('There is no flow "helo". Did you mean "hello"?'),
      'identical: 0 answers',
    ]);
  });

  it('takes a flow by name and version, or by its file', async () => {
    const cwd = project({
      'flows/1.ts': flowSource('hello'),
      'flows/2.ts': flowSource('hello', { version: '2', id: 'digit' }),
      'a.json': journal('key', []),
    });
    const verdict = async (...args: readonly string[]): Promise<number> => (await hookswitch(['replay', 'a.json', ...args], { cwd })).code;
    expect([
      await verdict(),
      await verdict('--flow', 'hello@1'),
      await verdict('--flow', 'hello'),
      await verdict('--flow', './flows/1.ts'),
    ]).toEqual([1, 0, 1, 0]);
    expect(await verdict('--flow', 'hello@3')).toBe(2);
  });

  it('reads well', async () => {
    const cwd = project({ 'flows/a.ts': flowSource('hello'), 'a.json': journal('key', []), 'b.json': journal('x', []) });
    const { out } = await hookswitch(['replay', 'a.json', 'b.json', 'none.json'], { cwd });
    expect(out).toMatch(
      /^identical {3}a\.json {5}0 answers\ndiverged {4}b\.json {5}0 answers\. After answer 0 .*\nunreadable {2}none\.json {2}none\.json is not there\.\n\n1 identical, 1 diverged, 1 unreadable\n$/,
    );
  });
});

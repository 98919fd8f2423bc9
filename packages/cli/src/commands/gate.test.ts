import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { flowSource, hookswitch, project, started } from '../cli.test-support.ts';
import type { GateReport } from '../gate/gate-report.ts';

const CALL = { id: 'c', sessionId: 's', subAccountId: 'Acme', direction: 'inbound', from: '+65••••65', to: '+65••••48', fromCountry: null, toCountry: null, language: null, startedAt: 0, params: {} }; // prettier-ignore
const said = (text: string) => ({ action: 'sayAndCapture', params: { promptMessage: text, voiceProfile: 'en-US-BenjaminRUS' } });
const pressed = { site: 'key', at: 1, value: '5' };
const hungUp = { site: 'key', at: 1, ended: true };
/** An exported journal. */
const journal = (status: string, site: string, entries: readonly object[], more: object = {}): string =>
  JSON.stringify({ format: 'hookswitch-journal', version: 1, flow: 'hello', flowVersion: '1', status, site, call: CALL, entries, ...more });
const OPEN = journal('live', 'key', [], { heard: [{ after: 0, actions: [said('Press a key.')] }] });
const PAST = journal('ended', 'closed', [pressed, { site: 'ended', at: 2, ended: true }]);

/** The gate on a folder of journals, and its report. */
async function gate(source: string, journals: Readonly<Record<string, string>>, ...args: readonly string[]) {
  const files = Object.fromEntries(Object.entries(journals).map(([name, text]) => [`calls/${name}.json`, text]));
  const cwd = project({ 'flows/hello.ts': source, ...files });
  const { code, out, err } = await hookswitch(['gate', '--from', 'calls', '--json', ...args], { cwd });
  return { cwd, code, err, report: (out === '' ? null : JSON.parse(out)) as GateReport };
}
const kinds = ({ open, past }: GateReport) =>
  [open, past].map((part) => part.kinds.map(({ verdict, standsFor, recorded, now }) => [verdict, standsFor, recorded, now]));

describe('hookswitch gate on a folder', () => {
  it('lets through what goes on alike', async () => {
    const { code, report } = await gate(flowSource('hello'), { a: OPEN, b: PAST, c: PAST });
    expect([code, report.ok, kinds(report)]).toEqual([0, true, [[['alike', 1, null, null]], [['alike', 2, null, null]]]]);
    expect([report.wordless, report.findings]).toEqual([2, []]);
  });

  it('lets through other tags and results, and says so without their values', async () => {
    const noted = journal('live', 'key', [], { tags: { reason: 'billing' }, result: null });
    const { code, report } = await gate(flowSource('hello'), { a: noted });
    expect([code, kinds(report)[0]]).toEqual([0, [['other result', 1, 'key', 'key']]]);
    expect(report.open.kinds[0]?.difference).toBe('The caller hears the same; the tag "reason" is different.');
  });

  it.each([
    ['a site with another name', flowSource('hello', { id: 'digit' }), 1, ['diverged', 1, 'key', 'digit'], ['diverged', 1, 'key', 'digit']],
    ['other words', flowSource('hello', { prompt: 'A key?' }), 0, ['other words', 1, 'key', 'key'], ['alike', 1, null, null]],
    [
      'more to ask',
      flowSource('hello', { after: "yield* capture('More?', { id: 'more' });" }),
      0,
      ['alike', 1, null, null],
      ['other way', 1, 'ended', 'more'],
    ],
    ['another flow', flowSource('helo'), 1, ['no flow', 1, null, null], ['no flow', 1, null, null]],
  ])('finds %s', async (_what, source, code, open, past) => {
    // prettier-ignore
    const gated = await gate(source, { a: OPEN, b: PAST });
    expect([gated.code, kinds(gated.report)]).toEqual([code, [[open], [past]]]);
    expect(gated.report.findings.length > 0).toBe(code === 1);
  });

  it('is not stopped by past calls that diverge', async () => {
    const { code, report } = await gate(flowSource('hello', { id: 'digit' }), { b: PAST, c: journal('ended', 'closed', [hungUp]) });
    expect([code, report.past.kinds]).toEqual([0, [expect.objectContaining({ verdict: 'diverged', standsFor: 2 })]]);
    expect(report.warnings).toEqual([expect.stringContaining('2 calls of the past diverged: a call in progress that stands there')]);
  });

  it('counts what was erased as not comparable', async () => {
    const erased = { site: 'key', at: 1, erased: true, value: '•', length: 1 };
    const { code, report } = await gate(flowSource('hello'), { a: journal('live', 'ended', [erased]) });
    expect([code, kinds(report)[0]]).toEqual([0, [['not comparable', 1, null, null]]]);
  });

  it('keeps open calls with their version, and takes the newest for past ones, and where that version is gone', async () => {
    const cwd = project({
      'flows/1.ts': flowSource('hello'),
      'flows/2.ts': flowSource('hello', { version: '2', id: 'digit' }),
      'calls/a.json': OPEN,
      'calls/b.json': PAST,
      'calls/c.json': journal('live', 'digit', [], { flowVersion: '3' }),
    });
    const { code, out } = await hookswitch(['gate', '--from', 'calls', '--json'], { cwd });
    // Callers of the first version stay with it, so that nobody is lost.
    expect((JSON.parse(out) as GateReport).warnings).toEqual([]);
    expect([code, kinds(JSON.parse(out) as GateReport)]).toEqual([
      0,
      [
        [
          ['alike', 1, null, null],
          ['alike', 1, null, null],
        ],
        [['diverged', 1, 'key', 'digit']],
      ],
    ]);
  });

  it('names files that are no journals, with the line, and counts them', async () => {
    const { code, report } = await gate(flowSource('hello'), { a: OPEN, bad: '{\n  "a": 1,\n  oops\n}', odd: '[]' });
    expect([code, report.broken.map(({ message }) => message)]).toEqual([
      1,
      [expect.stringContaining('This is not JSON (line 3)'), expect.stringContaining('This is no exported journal.')],
    ]);
  });

  it('draws a sample of past calls that stands for all, rare ones included', async () => {
    const many = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`p${index}`, PAST]));
    const { report } = await gate(flowSource('hello'), { ...many, rare: journal('ended', 'closed', [hungUp]) }, '--sample', '5');
    expect([report.past.calls, report.past.replayed, report.past.strata, kinds(report)[1]]).toEqual([
      41,
      5,
      2,
      [['alike', 41, null, null]],
    ]);
  });

  it('counts problems of check, without those that are known', async () => {
    const endless = flowSource('hello', { after: "for (;;) yield* capture('Again?', { id: 'again', maxDigits: 1 });" });
    const { code, report, cwd } = await gate(endless, { a: OPEN });
    expect([code, report.findings]).toEqual([1, [expect.stringMatching(/^check finds \d problems? in hello\.$/)]]);
    await hookswitch(['check', '--json'], { cwd });
    const { out } = await hookswitch(['check', '--json'], { cwd });
    const known = project({ 'flows/hello.ts': endless, 'calls/a.json': OPEN, 'known.json': out });
    expect((await hookswitch(['gate', '--from', 'calls', '--known', 'known.json'], { cwd: known })).code).toBe(0);
  });

  it.each([
    [[], 'Say where calls come from: --from'],
    [['--from', 'nowhere'], 'the folder nowhere is not there'],
    [['--from', 'flows'], 'flows holds no journals'],
    [['--from', 'flows/hello.ts'], 'is a file'],
    [['--from', 'calls', '--sample', '0'], '--sample is a whole number in 1..'],
    [['--from', 'calls', '--known', 'flows/hello.ts'], 'is not what hookswitch check --json prints'],
    [['--from', 'ftp://ivr.example.com'], 'must be an http or https URL'],
  ])('refuses %j', async (args, message) => {
    const cwd = project({ 'flows/hello.ts': flowSource('hello'), 'calls/a.json': OPEN });
    const { code, err } = await hookswitch(['gate', ...args], { cwd });
    expect([code, err]).toEqual([2, expect.stringContaining(message)]);
  });

  it('tells what it has found where Ctrl+C stops it', async () => {
    const many = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`calls/p${index}.json`, OPEN]));
    const cwd = project({ 'flows/hello.ts': flowSource('hello', { id: 'digit' }), ...many });
    const stop = new AbortController();
    const onErr = (text: string): void => void (text.includes('replayed') && /[1-9]\d* replayed/.test(text) && stop.abort());
    const { code, out } = await hookswitch(['gate', '--from', 'calls', '--json'], { cwd, isTTY: true, stop: stop.signal, onErr });
    const report = JSON.parse(out) as GateReport;
    expect([code, report.ok, report.interrupted, report.open.replayed]).toEqual([130, false, true, 8]);
    expect(report.open.kinds[0]?.verdict).toBe('diverged');
  });

  it('reads well, and has no words of callers', async () => {
    const cwd = project({
      'flows/hello.ts': flowSource('hello', { id: 'digit' }),
      'calls/a.json': OPEN.replaceAll('Press a key.', 'Hello Ann'),
      'calls/b.json': PAST,
    });
    const { code, out } = await hookswitch(['gate', '--from', 'calls', '--markdown', 'gate.md'], { cwd });
    expect(out).not.toContain('Ann');
    expect([code, out]).toMatchInlineSnapshot(`
      [
        1,
        "In progress
        CALLS  WHAT      FLOW   SITE         FOR EXAMPLE
            1  diverged  hello  key → digit  calls/a.json
        After answer 0 the call stood at "key"; now the code waits at "digit".
          Give what is asked at "digit" the old id "key" if it is the same question; else give the changed flow a new version and keep the old one beside it for calls in progress.

      Past
        CALLS  WHAT      FLOW   SITE         FOR EXAMPLE
            1  diverged  hello  key → digit  calls/b.json
        Answer 1 of 2 was given at "key"; now the code waits at "digit".
          Give what is asked at "digit" the old id "key" if it is the same question; else give the changed flow a new version and keep the old one beside it for calls in progress.

      A folder of journals has no charts, so that the one of "hello" is not compared.

      Replayed 1 call in progress and 1 past call, from calls.
      ! 1 call of the past diverged: a call in progress that stands there when this is deployed would be lost.
      ✗ 1 call in progress would diverge: their callers would hear the fallback, or what onDivergence says.
      ",
      ]
    `);
    const markdown = readFileSync(join(cwd, 'gate.md'), 'utf8');
    expect(markdown).toMatchInlineSnapshot(`
      "### ❌ Hookswitch gate: this deploy is stopped

      Replayed 1 call in progress and 1 past call, from calls.

      - 1 call in progress would diverge: their callers would hear the fallback, or what onDivergence says.
      - 1 call of the past diverged: a call in progress that stands there when this is deployed would be lost.

      #### Calls in progress

      | calls | what | flow |  | for example |
      |---:|---|---|---|---|
      | 1 | diverged | hello | After answer 0 the call stood at "key"; now the code waits at "digit". Give what is asked at "digit" the old id "key" if it is the same question; else give the changed flow a new version and keep the old one beside it for calls in progress. | \`calls/a.json\` |

      #### Past calls

      | calls | what | flow |  | for example |
      |---:|---|---|---|---|
      | 1 | diverged | hello | Answer 1 of 2 was given at "key"; now the code waits at "digit". Give what is asked at "digit" the old id "key" if it is the same question; else give the changed flow a new version and keep the old one beside it for calls in progress. | \`calls/b.json\` |

      #### Flow hello

      A folder of journals has no charts, so that the one of "hello" is not compared.
      "
    `);
  });
});

const TOKEN = 'a-long-enough-api-token';

describe('hookswitch gate on a server', () => {
  /** A server of the first version, with a call in progress and one that is over; and a project with the next version. */
  async function served(next: string) {
    const now = project({ 'flows/hello.ts': flowSource('hello') });
    const env = { HOOKSWITCH_API_TOKEN: `ci:read:${TOKEN}`, HOOKSWITCH_STORE: `sqlite:${join(now, 'calls.db')}` };
    const { url } = await started([], { cwd: now, env: { ...env } });
    const send = async (kind: string, payload: object): Promise<void> => {
      const base = { eventId: JSON.stringify(payload), callId: 'c', subAccountId: 'Acme', callDirection: 'INBOUND', source: '+6591178965', destination: '+6568332048' }; // prettier-ignore
      await fetch(`${url}/webhooks/${kind}`, { method: 'POST', body: JSON.stringify({ namespace: 'VOICE', eventType: 'CALL_ACTION', payload: { ...base, ...payload } }) }); // prettier-ignore
    };
    await send('vca', { sessionId: 's1', callStatus: 'CALL_RECEIVED' });
    await send('vca', { sessionId: 's2', callStatus: 'CALL_RECEIVED' });
    await send('vss', { sessionId: 's2', sessionStatus: 'COMPLETED', details: { callA: {} } });
    const cwd = project({ 'flows/hello.ts': next });
    const run = (...args: readonly string[]) => hookswitch(['gate', '--from', url, '--since', '2020-01-01', ...args], { cwd, env: { HOOKSWITCH_API_TOKEN: TOKEN } }); // prettier-ignore
    return { url, cwd, run };
  }

  it('replays its calls, words included', async () => {
    const { run } = await served(flowSource('hello', { prompt: 'A key?' }));
    const { code, out } = await run('--json');
    const report = JSON.parse(out) as GateReport;
    expect([code, kinds(report)[0], report.open.replayed + report.past.replayed]).toEqual([0, [['other words', 1, 'key', 'key']], 2]);
  });

  it('stops a deploy that its call in progress would not survive', async () => {
    const { run } = await served(flowSource('hello', { id: 'digit' }));
    const { code, out } = await run();
    expect([code, out]).toEqual([1, expect.stringContaining('✗ 1 call in progress would diverge')]);
    expect(out).toContain('Chart of hello: 1 site new, 1 site gone,');
  });

  it('compares the charts, and draws both in one picture', async () => {
    const next = flowSource('hello', { after: "yield* capture('More?', { id: 'more', maxDigits: 1, completeOnHash: false });" });
    const { run, cwd } = await served(next);
    const { code, out } = await run('--markdown', 'gate.md', '--json');
    const [flow] = (JSON.parse(out) as GateReport).flows;
    expect([code, flow?.changes?.sites.added, flow?.changes?.arrows.changed.every(({ now }) => now === 'more')]).toEqual([
      0,
      ['more'],
      true,
    ]);
    expect(readFileSync(join(cwd, 'gate.md'), 'utf8')).toContain(
      '- **key** —1, 2, 3, 4, 5, 6, 7, 8, 9, 0, *, silence→ more, before: ended\n',
    );
    expect(readFileSync(join(cwd, 'gate.md'), 'utf8')).toMatch(
      /```mermaid\nflowchart TD\n[^]*"more \(capture\)<br>You pressed 1\. More\?"/,
    );
  });

  it('finds no change in the chart where there is none', async () => {
    const { run } = await served(flowSource('hello'));
    expect((await run()).out).toContain('Chart of hello: no site or arrow is different.');
  });

  it.each([
    [['--token', 'another-long-enough-token'], 'The token is missing or wrong'],
    [['--from', 'http://127.0.0.1:1'], 'http://127.0.0.1:1'],
  ])('says what keeps it from the server: %j', async (args, message) => {
    const { run } = await served(flowSource('hello'));
    expect(await run(...args)).toMatchObject({ code: 3, err: expect.stringContaining(message) as string });
  });

  it('says that there was nothing to replay', async () => {
    const { url } = await started([], { cwd: project({ 'flows/hello.ts': flowSource('hello') }), env: { HOOKSWITCH_API_TOKEN: TOKEN } });
    const { code, out } = await hookswitch(['gate', '--from', url, '--token', TOKEN], {
      cwd: project({ 'flows/hello.ts': flowSource('hello') }),
    });
    expect([code, out]).toEqual([1, expect.stringContaining('Nothing was replayed')]);
  });
});

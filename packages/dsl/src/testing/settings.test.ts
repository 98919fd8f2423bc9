import { describe, expect, expectTypeOf, it } from 'vitest';
import { explore } from '../chart/explore.ts';
import { toMermaid } from '../chart/mermaid.ts';
import { verify } from '../chart/verify.ts';
import { bridge } from '../effects/bridge.ts';
import { say } from '../effects/say.ts';
import { settings } from '../effects/settings.ts';
import { uninterruptible } from '../effects/uninterruptible.ts';
import { defineFlow } from '../flow/define-flow.ts';
import { compile } from '../machine/compile.ts';
import { menu } from '../questions/menu/menu.ts';
import { sampleCall } from '../chart/sample-calls.ts';
import { forEveryCall } from './every-call/every-call.ts';
import { startCall } from './start-call.ts';
import { walkPath } from './walk-path.ts';

const line = settings({
  closedToday: { kind: 'boolean', default: false, label: 'Closed today' },
  notice: { kind: 'text', default: null },
  agent: { kind: 'phone', default: '+6531589338' },
});

function* greeting() {
  const { notice } = yield* line.read();
  expectTypeOf(notice).toEqualTypeOf<string | null>();
  if (notice !== null) yield say(notice);
}

const support = defineFlow({ name: 'support', voice: 'en-US-BenjaminRUS', settings: line }, function* () {
  yield say('Welcome.');
  yield* greeting();
  const topic = yield* menu('For an agent press 1, for the hours press 2.', { 1: 'agent', 2: 'hours' }, { id: 'main', otherwise: 'hours' });
  const { closedToday, agent } = yield* line.read();
  if (topic === 'hours') return yield* say(closedToday ? 'We are closed today.' : 'We are open.');
  if (closedToday) return yield* say('Nobody is here today.');
  yield* bridge(agent, { id: 'agent' });
});

describe('a call whose flow has settings', () => {
  it('hears what is declared where nobody has changed anything', async () => {
    const call = await startCall(support);
    expect(call.heard).toEqual(['Welcome.', 'For an agent press 1, for the hours press 2.']);
    expect(call.settings).toEqual({ closedToday: false, notice: null, agent: '+6531589338' });
    await call.press('1');
    expect(call.position.effect).toMatchObject({ kind: 'bridge', to: '+6531589338' });
  });

  it.each(['live', 'replayed', 'restored'] as const)('hears what operators have set (%s)', async (mode) => {
    const call = await startCall(support, { mode, settings: { closedToday: true, notice: 'Lines are down.' } });
    expect(call.heard).toEqual(['Welcome.', 'Lines are down.', 'For an agent press 1, for the hours press 2.']);
    await call.press('1');
    expect(call.heardLast).toEqual(['Nobody is here today.']);
    expect(call.transcript).toContain('⚙ closedToday: true, notice: "Lines are down."');
  });

  it('has them in its journal once', async () => {
    const call = await startCall(support, { settings: { closedToday: true } });
    await call.press('2');
    expect(call.journal.map(({ site }) => site)).toEqual(['settings', 'main', 'ended']);
  });

  it.each<[string, object, string]>([
    ['a name that is not declared', { closedTody: true }, 'Did you mean "closedToday"?'],
    ['a value of another kind', { closedToday: 'yes' }, 'settings.closedToday must be true or false'],
    ['what can not be spoken', { notice: '   ' }, 'words to speak'],
    ['no number of a phone', { agent: '999' }, 'E.164'],
  ])('can not be given %s', async (_, given, says) => {
    await expect(startCall(support, { settings: given as never })).rejects.toThrow(says);
  });
});

describe('exploration', () => {
  const chart = explore(support);

  it('covers both sides of a setting, wherever it is looked at', () => {
    const heard = chart.arrows.filter(({ from, label }) => from === 'main' && label === '1').map(({ to }) => to);
    expect(heard).toEqual(['agent', 'ended']);
    expect(chart.sites.get('settings')).toMatchObject({ wait: 'settings', kind: 'settings' });
    expect(chart.arrowsFrom('settings').map(({ label, to }) => `${label} -> ${to}`)).toMatchInlineSnapshot(`
      [
        "as declared -> main",
        "agent -> main",
        "notice -> main",
        "notice + agent -> main",
        "closedToday -> main",
        "closedToday + agent -> main",
        "closedToday + notice -> main",
        "closedToday + notice + agent -> main",
      ]
    `);
  });

  it('has an arrow for each that tests can walk', async () => {
    const compiled = compile(support);
    for (const arrow of compiled.chart.arrows) expect(await walkPath(compiled, arrow)).toContain('☎');
  });

  it('is drawn', () => {
    expect(toMermaid(chart)).toMatchInlineSnapshot(`
      "stateDiagram-v2
        s0 : settings (settings) Welcome.
        s1 : main (capture) Welcome. For an agent press 1, for the hours press 2.
        s2 : agent (bridge)
        s3 : ended
        [*] --> s0
        s0 --> s1 : as declared, agent, notice, notice + agent, closedToday, cl…
        s1 --> s2 : 1
        s1 --> s3 : 2, no match, silence, 1
        s1 --> s1 : no match, silence
        s2 --> s3 : answered, busy, no-answer, declined, failed, unknown
      "
    `);
  });

  it('finds nothing wrong with it', () => {
    expect(verify(support).problems).toEqual([]);
  });

  it('finds settings that nobody reads', () => {
    const idle = defineFlow({ name: 'idle', voice: 'en-US-BenjaminRUS', settings: line }, function* () {
      yield say('Hello.');
    });
    expect(verify(idle).problems).toMatchObject([{ code: 'HS_VERIFY_SETTINGS_UNREAD', severity: 'warning' }]);
  });
});

describe('random calls', () => {
  it('are made with every value', async () => {
    const seen = new Set<unknown>();
    await forEveryCall(
      support,
      ({ settings: read, bridged }) => {
        seen.add(read?.['closedToday']);
        return read?.['closedToday'] !== true || bridged.length === 0;
      },
      { seed: 1, runs: 200 },
    );
    expect(seen).toEqual(new Set([false, true]));
  });

  it('say in a counterexample what was set', async () => {
    const broken = forEveryCall(support, ({ heard }) => !heard.includes('Nobody is here today.'), { seed: 1 });
    await expect(broken).rejects.toThrow(/startCall\(support, \{[^}]*settings: \{ closedToday: true \}/);
  });
});

describe('a read', () => {
  it('after the end happens in an uninterruptible block only', async () => {
    const seen: string[] = [];
    const tidy = defineFlow({ name: 'tidy', voice: 'en-US-BenjaminRUS', settings: line }, function* () {
      try {
        yield* menu('Press 1.', { 1: 'one' }, { id: 'main', otherwise: 'one' });
      } finally {
        yield* uninterruptible(function* () {
          const { agent } = yield* line.read();
          seen.push(agent);
        });
      }
    });
    const call = await startCall(tidy, { settings: { agent: '+6500000001' } });
    await call.hangUp();
    expect(seen).toContain('+6500000001');
    expect(call.error).toBeNull();
  });

  it('is refused in a flow that was not given the settings', async () => {
    const foreign = defineFlow({ name: 'foreign', voice: 'en-US-BenjaminRUS' }, function* () {
      yield* line.read();
    });
    await expect(startCall(foreign)).rejects.toThrow('must be asked of settings that the flow was given');
  });

  it('gives defaults for what a deploy has declared otherwise meanwhile', () => {
    const compiled = compile(support);
    const call = sampleCall(support.options);
    const position = compiled.restore(
      call,
      [{ site: 'settings', at: 1, value: { closedToday: 'yes', gone: 1, notice: 'Hello.' } }],
      'main',
    );
    expect(position.settings).toEqual({ closedToday: false, notice: 'Hello.', agent: '+6531589338' });
    expect(position.error).toBeNull();
  });
});

describe('a call that is turned away', () => {
  const compiled = compile(support);
  const call = sampleCall(support.options);

  it.each([
    ['We are on strike.', 'We are on strike.'],
    [null, 'We can not take your call at the moment. Please call again later.'],
  ])('hears %j and a hang-up, and the flow is not begun', (says, heard) => {
    const { site, wait, actions, journal } = compiled.start(call, { says });
    expect({ site, wait }).toEqual({ site: 'ended', wait: 'ended' });
    expect(actions).toMatchObject([{ action: 'say', params: { text: heard, voiceProfile: 'en-US-BenjaminRUS' } }, { action: 'hangup' }]);
    const again = compiled.restore(call, journal.entries(), 'ended');
    expect([again.error, again.actions]).toEqual([null, actions]);
    expect(compiled.next(again, { type: 'SESSION_ENDED', at: 2 })).toMatchObject({ wait: 'closed', result: null });
  });
});

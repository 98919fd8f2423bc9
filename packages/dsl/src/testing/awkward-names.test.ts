import { describe, expect, it } from 'vitest';
import { explore } from '../chart/explore.ts';
import { toMermaid } from '../chart/mermaid.ts';
import { toStately } from '../chart/stately.ts';
import { verify } from '../chart/verify.ts';
import { say } from '../effects/say.ts';
import { step } from '../effects/step.ts';
import { useLanguage } from '../effects/use-language.ts';
import type { Call } from '../flow/call.ts';
import { defineFlow } from '../flow/define-flow.ts';
import { subflow } from '../flow/subflow.ts';
import { compile } from '../machine/compile.ts';
import { menu } from '../questions/menu/menu.ts';
import { startCall } from './start-call.ts';
import { walkPath } from './walk-path.ts';

/** Names that every object has something under, and the one that can't be assigned. */
const NAMES = ['constructor', 'toString', 'valueOf', 'hasOwnProperty', 'isPrototypeOf', '__defineGetter__', '__proto__'];

/** A flow in which an author calls everything `name` that has a name. */
function called(name: string) {
  const en = { en: 'Hello.', [name]: 'Ciao.' };
  const params = JSON.parse(`{ "${name}": "kept" }`) as Record<string, unknown>;
  const part = subflow(name, function* () {
    yield* menu(en, { 1: name, 2: 'other' }, { id: 'choice', otherwise: name });
    return yield* step('find', () => name, { examples: { [name]: name, other: 'x' }, onError: () => 'x' });
  });
  const voices = { en: 'en-US-BenjaminRUS', [name]: 'it-IT-Cosimo' };
  const body = function* (call: Call) {
    const given = Object.hasOwn(call.params, name) ? String((call.params as typeof params)[name]) : 'nothing';
    yield* useLanguage(name);
    const found = yield* part();
    yield say({ en: 'Bye.', [name]: `Addio, ${found}, ${given}.` });
  };
  return defineFlow({ name: name === '__proto__' ? 'proto' : name, voices, examples: { params: [params] } }, body);
}

describe.each(NAMES)('an author who calls everything %s', (name) => {
  const flow = called(name);

  it('sees it in the chart, its drawings and nothing else', () => {
    const chart = explore(flow);
    expect([...chart.sites.keys()]).toEqual([`${name}/choice`, `${name}/find`]);
    expect(chart.sites.get(`${name}/find`)?.answers).toEqual([name, 'other', 'fails']);
    const stately = JSON.parse(JSON.stringify(toStately(chart))) as ReturnType<typeof toStately>;
    expect(Object.keys(stately.states)).toEqual(['idle', `${name}/choice`, `${name}/find`, 'ended', 'failed', 'closed']);
    expect(Object.keys(stately.states[`${name}/find`]?.on ?? {})).toContain(name);
    expect(toMermaid(chart)).toContain(`: ${name}`);
    expect(toMermaid(chart)).not.toMatch(/function|native code/);
    expect(verify(flow).problems).toEqual([]);
  });

  it('hears it in calls, live and restored', async () => {
    for (const mode of ['live', 'replayed', 'restored'] as const) {
      const params = JSON.parse(`{ "${name}": "kept" }`) as Record<string, unknown>;
      const call = await startCall(flow, { mode, params, direction: 'outbound', steps: { find: () => name } });
      await call.press('1');
      expect(call.transcript).toContain(`Addio, ${name}, kept.`);
    }
  });

  it('can walk every path of it', async () => {
    const compiled = compile(flow);
    for (const arrow of compiled.chart.arrows) await walkPath(compiled, arrow);
  });
});

describe.each(NAMES.slice(0, -1))('a step, a site and a flow that are called %s', (name) => {
  const flow = defineFlow({ name, voice: 'en-US-BenjaminRUS' }, function* () {
    yield* menu('One.', { 1: true }, { id: name, otherwise: false });
    yield* subflow('part', function* () {
      yield* step(name, () => 1, { examples: { one: 1 }, onError: () => 0 });
    })();
  });

  it('are told apart from what every object has', async () => {
    const chart = explore(flow);
    expect(toMermaid(chart)).not.toMatch(/function|native code/);
    expect(Object.keys(toStately(chart).states)).toContain(name);
    await expect(startCall(flow).then((call) => call.press('1'))).rejects.toMatchObject({ name: 'StepStubError' });
    const call = await startCall(flow, { steps: { [name]: () => 7 } });
    await call.press('1');
    expect(call.transcript).toContain('7');
  });
});

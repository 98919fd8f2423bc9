import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explore } from '../chart/explore.ts';
import { bridge } from '../effects/bridge.ts';
import { capture } from '../effects/capture.ts';
import { say } from '../effects/say.ts';
import { step } from '../effects/step.ts';
import { defineFlow } from '../flow/define-flow.ts';
import type { FlowModule } from '../flow/flow-options.ts';
import { ask } from '../questions/ask/ask.ts';
import { menu } from '../questions/menu/menu.ts';
import { digits } from '../questions/validators/digits.ts';
import { startCall } from '../testing/start-call.ts';
import { madeUpCall } from './made-up-call.ts';
import type { JournalFile } from './recorded-call.ts';
import { replayRecorded } from './replay-recorded.ts';

const voice = 'en-US-BenjaminRUS';
const bank = defineFlow({ name: 'bank', voice }, function* (call) {
  yield say(`You call from ${call.from ?? 'nowhere'}.`);
  const account = yield* ask('Your account?', { id: 'account', validate: digits(8), otherwise: null });
  if (account === null) return;
  const customer = yield* step('find', (): { readonly name: string; readonly vip: boolean } | null => null, { examples: { ann: { name: 'Ann', vip: false }, vip: { name: 'Bob', vip: true }, nobody: null } }); // prettier-ignore
  if (customer === null) return void (yield say('Unknown.'));
  if (customer.vip) yield* bridge('+6531589338', { id: 'desk' });
  const topic = yield* menu(`Hello ${customer.name}. Bills 1, cards 2.`, { 1: 'bills', 2: 'cards' }, { id: 'main', otherwise: 'bills' });
  yield* capture(`About ${topic}: your code?`, { id: 'code', maxDigits: 6 });
});
const chart = explore(bank);

/** Presses these keys in a call whose step gives `found`. */
async function recorded(flow: FlowModule, found: unknown, keys: readonly string[], hangsUp = false): Promise<JournalFile> {
  const call = await startCall(flow, { from: '+6598765432', steps: { find: found as never } });
  for (const key of keys)
    if (!call.ended) await (key === '' ? call.stayQuiet() : key === 'bridge' ? call.bridgeEnds('busy') : call.press(key));
  if (hangsUp && !call.ended) await call.hangUp();
  const { site, snapshot } = call.position;
  const more = { tags: { name: 'Zoe' }, result: 'Zoe' };
  return { format: 'hookswitch-journal', version: 1, flow: flow.name, flowVersion: '1', status: 'ended', site, call: snapshot.context.call as JournalFile['call'], entries: [...call.journal], ...more } as JournalFile; // prettier-ignore
}
const CUSTOMER = { name: 'Zoe', vip: false, phone: '+6591112223' };

describe('a call that is made up', () => {
  it('keeps menu keys, and nothing of its caller', async () => {
    const made = madeUpCall(bank, chart, await recorded(bank, CUSTOMER, ['87654321', '2', '734512#'], true));
    if (!('journal' in made)) throw new TypeError(made.why);
    const { journal } = made;
    expect(journal.entries.map((entry) => ('value' in entry ? entry.value : 'ended' in entry))).toEqual([
      '12345678',
      { name: 'Ann', vip: false },
      '2',
      '123456',
      true,
    ]);
    const text = JSON.stringify(journal);
    for (const secret of ['Zoe', '87654321', '734512', '98765432', '91112223']) expect(text).not.toContain(secret);
    expect(replayRecorded(bank, journal)).toMatchObject({ verdict: 'alike', wordsCompared: 4 });
  });

  it('takes the example that goes the same way', async () => {
    const vip = madeUpCall(bank, chart, await recorded(bank, { ...CUSTOMER, vip: true }, ['87654321', 'bridge', '1']));
    expect(vip).toMatchObject({
      journal: { entries: [{}, { value: { name: 'Bob', vip: true } }, { value: { outcome: 'busy' } }, { value: '1' }] },
    });
  });

  it('is skipped where nothing leads the same way, and says what is missing', async () => {
    const strict = defineFlow({ name: 'bank', voice }, function* () {
      const found = yield* step('find', () => ({ plan: 'gold' }), { examples: { silver: { plan: 'silver' } } });
      yield* capture('Which?', { id: found.plan === 'gold' ? 'gold' : 'silver', maxDigits: 1 });
    });
    expect(madeUpCall(strict, explore(strict), await recorded(strict, { plan: 'gold' }, []))).toEqual({
      skipped: 'other arrows',
      why: 'nothing that is made up leads the same way; give the step at "find" an example that does',
    });
  });

  it('is skipped where an answer was erased, and where the call diverges', async () => {
    const journal = await recorded(bank, null, ['87654321']);
    const erased = { erased: true, site: 'account', at: 1 } as const;
    expect(madeUpCall(bank, chart, { ...journal, entries: [erased] })).toMatchObject({ skipped: 'not comparable' });
    expect(madeUpCall(bank, chart, { ...journal, entries: [{ site: 'pin', at: 1, value: '1' }] })).toMatchObject({ skipped: 'diverged' });
  });

  it('takes the arrows of its call, whatever was pressed', async () => {
    const keys = fc.array(fc.oneof(fc.stringMatching(/^[0-9]{1,9}#$/), fc.constantFrom('1', '2', '', '87654321', 'bridge')), {
      maxLength: 8,
    });
    const found = fc.constantFrom<unknown>(CUSTOMER, { ...CUSTOMER, vip: true }, null);
    await fc.assert(
      fc.asyncProperty(keys, found, fc.boolean(), async (pressed, result, hangsUp) => {
        const journal = await recorded(bank, result, pressed, hangsUp).catch(() => null);
        if (journal === null) return;
        const made = madeUpCall(bank, chart, journal);
        if (!('journal' in made)) throw new TypeError(`${made.skipped}: ${made.why}`);
        expect(made.journal.entries.map(({ site }) => site)).toEqual(journal.entries.map(({ site }) => site));
        expect(replayRecorded(bank, made.journal).verdict).toBe('alike');
        expect(JSON.stringify(made.journal)).not.toContain('Zoe');
      }),
      { numRuns: 60 },
    );
  });
});

import { capture, defineFlow, type Flow, type FlowModule, log, say, step } from '@hookswitch/dsl';
import { describe, expect, it } from 'vitest';
import { DATA_KEY, heard, World } from './calls.test-support.ts';
import { readState } from './state.ts';

const PIN = '83049275';

/** A call that is asked for its PIN, of a flow that goes on with `then`. */
async function asked(then: (pin: string) => Flow<unknown>): Promise<World> {
  const flow = defineFlow({ name: 'vault', voice: 'en-US-ZiraRUS' }, function* () {
    const pin = yield* capture('PIN?', { id: 'pin', maxDigits: 8, completeOnHash: false, sensitive: true });
    yield* then(pin ?? '');
  });
  const world = await World.open([flow], { dataKeys: DATA_KEY });
  await world.received();
  return world;
}

/** The same once it has keyed it in. */
async function keyedIn(then: (pin: string) => Flow<unknown>): Promise<World> {
  const world = await asked(then);
  await world.completed(PIN);
  return world;
}

/** Everything that the store has of the call. */
async function stored({ store }: World): Promise<string> {
  const call = await store.load({ subAccountId: 'acme', sessionId: 'session-1' });
  const id = call?.call.id ?? '';
  return JSON.stringify([call, await store.turns(id), await store.timeline(id)]);
}

describe('a PIN that the flow quotes', () => {
  it('in an error is masked where the error is kept', async () => {
    const world = await keyedIn(function* (pin) {
      throw new RangeError(`PIN ${pin} is refused`);
    });
    expect(await stored(world)).toContain('PIN •••••••• is refused');
    expect(await stored(world)).not.toContain(PIN);
  });

  it('in the error of a step that is not sensitive itself is masked in its timeline and sealed in the journal', async () => {
    const world = await keyedIn(function* (pin) {
      const refuse = (): never => {
        throw new RangeError(`PIN ${pin} is refused`);
      };
      yield* say(yield* step('check', refuse, { retries: 0, onError: ({ message }) => message }));
    });
    expect(heard(world.answers[1] as never)[0]).toBe(`PIN ${PIN} is refused`);
    expect(await stored(world)).toContain('RangeError: PIN •••••••• is refused');
    expect(await stored(world)).not.toContain(PIN);
    world.restart();
    expect(heard(await world.completed())).toEqual(['⏹']);
  });

  it('in a line that it logs is masked where the line is kept', async () => {
    const world = await keyedIn(function* (pin) {
      yield* log(`checking ${pin}`, { pin, attempt: 1 });
    });
    expect(await stored(world)).toContain('checking ••••••••');
    expect(await stored(world)).not.toContain(PIN);
  });
});

describe('a summary of the platform', () => {
  it('is kept with its digits masked while a sensitive site is open', async () => {
    const flow = defineFlow({ name: 'vault', voice: 'en-US-ZiraRUS' }, function* () {
      yield* capture('PIN?', { id: 'pin', sensitive: true });
    });
    const world = await World.open([flow], { dataKeys: DATA_KEY });
    await world.received();
    await world.over({ raw: { lastDigits: PIN, sessionStatus: 'ERROR' }, errorMessage: `unexpected ${PIN}` });
    expect(await stored(world)).toContain('unexpected ••••••••');
    expect(await stored(world)).not.toContain(PIN);
  });
});

describe('a summary of a call that has keyed in its PIN', () => {
  it('is kept with its digits masked while a step runs on it', async () => {
    const world = await asked(function* () {
      yield* step('check', () => new Promise<string>(() => undefined), { examples: { ok: 'yes' } });
    });
    void world.completed(PIN);
    await world.clock.advance(100);
    await world.over({ raw: { lastDigits: PIN } });
    const [call] = (await world.store.list({})).calls;
    expect(readState(call?.state ?? '').summary).toMatchObject({ raw: { lastDigits: '••••••••' }, applied: false });
    expect(await stored(world)).not.toContain(PIN);
  });

  it('is erased with what was sealed, whatever it says', async () => {
    const world = await keyedIn(function* () {
      yield* capture('More?', { id: 'more' });
    });
    await world.over({ raw: { note: 'eight, three, zero' } });
    const [call] = (await world.store.list({})).calls;
    expect(readState(call?.state ?? '').summary).toMatchObject({ raw: null, applied: true });
  });
});

describe('a PIN that is keyed in where a deploy has taken its question away', () => {
  const asks = (id: string, onDivergence?: () => Flow<void>): FlowModule =>
    defineFlow({ name: 'vault', voice: 'en-US-ZiraRUS', ...(onDivergence === undefined ? {} : { onDivergence }) }, function* () {
      yield* capture('PIN?', { id, maxDigits: 8, completeOnHash: false, sensitive: true });
    });

  it('leaves no trace with the webhook that brought it', async () => {
    const world = await World.open([asks('pin')], { dataKeys: DATA_KEY });
    await world.received();
    world.restart([asks('secret')]);
    await world.completed(PIN);
    expect(await stored(world)).not.toContain(PIN);
  });

  it('is not kept with the answers to what the flow asks instead', async () => {
    const elsewhere = function* (): Flow<void> {
      yield* capture('We have changed. One more?', { id: 'more' });
    };
    const world = await World.open([asks('pin')], { dataKeys: DATA_KEY });
    await world.received();
    world.restart([asks('secret', elsewhere)]);
    await world.completed(PIN);
    await world.completed('1');
    await world.over();
    expect(await stored(world)).not.toContain(PIN);
  });
});

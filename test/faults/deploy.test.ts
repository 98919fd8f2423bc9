import { capture, defineFlow, type FlowDefinition, type FlowModule, say } from '@hookswitch/dsl';
import { openStore, startServer } from '@hookswitch/runtime';
import { createPlatform, type Platform } from '@hookswitch/simulator';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeStorePlace } from '../support/store-place.ts';

/** Questions one after the other: `id: words`. */
function asks(questions: Readonly<Record<string, string>>, options: Partial<FlowDefinition> = {}): FlowModule {
  return defineFlow({ name: 'desk', voice: 'en-US-ZiraRUS', ...options }, function* () {
    for (const [id, words] of Object.entries(questions)) {
      const key = yield* capture(words, { id });
      yield say(`${id} ${key ?? '-'}.`);
    }
  });
}

/** A server that is replaced under its calls, as a deploy does it. */
async function desk(first: readonly FlowModule[]) {
  const place = await makeStorePlace('sqlite');
  const serve = (flows: readonly FlowModule[], port: number) =>
    startServer({ flows, store: place.url, port, allowUnverified: true, logLevel: 'silent' });
  let server = await serve(first, 0);
  const port = Number(new URL(server.url).port);
  const platform: Platform = createPlatform({ webhookUrls: `${server.url}/webhooks`, clock: 'virtual', seed: 1 });
  onTestFinished(async () => {
    await platform.close();
    await server.close();
    await place.remove();
  });
  const deploy = async (flows: readonly FlowModule[]): Promise<void> => {
    await server.close();
    server = await serve(flows, port);
  };
  const liveCounts = async () => {
    const store = openStore(place.url, { sqlite: { readOnly: true } });
    await store.open();
    const counts = await store.liveCounts();
    await store.close();
    return counts.map(({ flowVersion, count }) => `${flowVersion}: ${count}`);
  };
  return { platform, deploy, liveCounts };
}

const BEFORE = { one: 'First?', two: 'Second?', three: 'Third?' };
const SORRY = 'We are sorry, something went wrong on our side. Please call again later.';
const onDivergence: FlowDefinition['onDivergence'] = function* (_call, { site }) {
  yield say(`We have changed at ${site}. Please call again.`);
};

describe('a deploy under a call that stands at its second question', () => {
  it.each<[string, FlowModule, readonly string[]]>([
    ['with changed words goes on', asks({ one: 'Uno?', two: 'Dos?', three: 'Tres?' }), ['two 2.', 'Tres?']],
    ['with a question added behind goes on', asks({ one: 'First?', two: 'Second?', new: 'New?', three: 'Third?' }), ['two 2.', 'New?']],
    ['with a question removed behind goes on', asks({ one: 'First?', two: 'Second?' }), ['two 2.']],
    ['with a question added before is told apart', asks({ new: 'New?', ...BEFORE }), [SORRY]],
    ['with an answered question removed is told apart', asks({ two: 'Second?', three: 'Third?' }), [SORRY]],
    ['with an answered question renamed is told apart', asks({ uno: 'First?', two: 'Second?', three: 'Third?' }), [SORRY]],
    [
      "with its own question renamed says what the flow's onDivergence says",
      asks({ one: 'First?', dos: 'Second?', three: 'Third?' }, { onDivergence }),
      ['We have changed at two. Please call again.'],
    ],
  ])('%s', async (_what, after, heard) => {
    const { platform, deploy } = await desk([asks(BEFORE)]);
    const call = platform.inboundCall();
    await call.ready();
    await call.press('1');
    await deploy([after]);
    await call.press('2');
    expect(call.heard.slice(3)).toEqual(heard);
    expect(platform.faults).toEqual([]);
  });
});

describe('two versions side by side', () => {
  it('drain: calls stay on the one that they began with, new ones begin on the new one', async () => {
    const old = asks(BEFORE, { version: '1' });
    const { platform, deploy, liveCounts } = await desk([old]);
    const first = platform.inboundCall();
    await first.ready();
    await deploy([old, asks({ uno: 'Uno?' }, { version: '2' })]);
    const second = platform.inboundCall();
    await second.ready();
    expect((await liveCounts()).toSorted()).toEqual(['1: 1', '2: 1']);
    for (const key of ['1', '2', '3']) await first.press(key);
    expect(first.heard).toEqual(['First?', 'one 1.', 'Second?', 'two 2.', 'Third?', 'three 3.']);
    await first.closed;
    await expect.poll(liveCounts).toEqual(['2: 1']);
    await second.press('1');
    expect(second.heard).toEqual(['Uno?', 'uno 1.']);
  });
});

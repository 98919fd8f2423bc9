import { describe, expect, it } from 'vitest';
import { Batches, type Sender } from './batches.ts';

const NOW = Date.UTC(2026, 0, 5);

/** Statements that come to an end when the test says so. */
function sender(changes: Partial<Sender<string, string>> = {}) {
  const sent: {
    readonly requests: readonly string[];
    readonly end: (results?: readonly (string | undefined)[]) => void;
    readonly fail: (error: Error) => void;
  }[] = [];
  const alone: string[] = [];
  const batches = new Batches<string, string>(
    1000,
    {
      together: (requests) =>
        new Promise((resolve, reject) => {
          sent.push({ requests, end: (results = requests.map((one) => one.toUpperCase())) => resolve(results), fail: reject });
        }),
      alone: (request) => {
        alone.push(request);
        return Promise.resolve(`${request} alone`);
      },
      isOfOne: (error) => error instanceof RangeError,
      ...changes,
    },
    () => NOW,
  );
  return { batches, sent, alone };
}

const turnOfLoop = (): Promise<void> => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

describe('requests', () => {
  it('that come in one turn of the event loop are sent together, each with its own result', async () => {
    const { batches, sent } = sender();
    const results = Promise.all(['a', 'b', 'c'].map((one) => batches.add(one)));
    await turnOfLoop();
    expect(sent.map(({ requests }) => requests)).toEqual([['a', 'b', 'c']]);
    sent[0]?.end();
    expect(await results).toEqual(['A', 'B', 'C']);
  });

  it('gather while two statements are under way, and go when one has ended', async () => {
    const { batches, sent } = sender();
    for (const request of ['a', 'b', 'c', 'd']) {
      void batches.add(request);
      await turnOfLoop();
    }
    expect(sent.map(({ requests }) => requests)).toEqual([['a'], ['b']]);
    sent[0]?.end();
    await turnOfLoop();
    expect(sent.map(({ requests }) => requests)).toEqual([['a'], ['b'], ['c', 'd']]);
  });

  it('of one key are never in one statement', async () => {
    const { batches, sent } = sender({ keyOf: (request) => request });
    for (const request of ['a', 'a', 'b']) void batches.add(request);
    await turnOfLoop();
    expect(sent.map(({ requests }) => requests)).toEqual([['a', 'b'], ['a']]);
  });

  it('are sent by 64 at most', async () => {
    const { batches, sent } = sender();
    for (let count = 0; count < 100; count++) void batches.add('a');
    await turnOfLoop();
    expect(sent.map(({ requests }) => requests.length)).toEqual([64, 36]);
  });

  it('that a statement leaves out are sent alone', async () => {
    const { batches, sent, alone } = sender();
    const results = Promise.all(['a', 'b'].map((one) => batches.add(one)));
    await turnOfLoop();
    sent[0]?.end(['A', undefined]);
    expect(await results).toEqual(['A', 'b alone']);
    expect(alone).toEqual(['b']);
  });

  it('are sent alone when one of them spoils the statement', async () => {
    const { batches, sent } = sender();
    const results = Promise.all(['a', 'b'].map((one) => batches.add(one)));
    await turnOfLoop();
    sent[0]?.fail(new RangeError('one of them'));
    expect(await results).toEqual(['a alone', 'b alone']);
  });

  it('are all told when the statement fails as a whole', async () => {
    const { batches, sent, alone } = sender();
    const results = Promise.allSettled(['a', 'b'].map((one) => batches.add(one)));
    await turnOfLoop();
    sent[0]?.fail(new TypeError('gone'));
    expect((await results).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(alone).toEqual([]);
  });

  it('have until the earliest of their deadlines', async () => {
    const deadlines: number[] = [];
    const { batches } = sender({
      together: (requests, deadline) => {
        deadlines.push(deadline);
        return Promise.resolve(requests);
      },
    });
    await Promise.all([batches.add('a'), batches.add('b')]);
    expect(deadlines).toEqual([NOW + 1000]);
  });

  it('are through when it says settled', async () => {
    const { batches, sent } = sender();
    const results: string[] = [];
    for (const request of ['a', 'b']) void batches.add(request).then((result) => results.push(result));
    const settled = batches.settled().then(() => [...results]);
    await turnOfLoop();
    sent[0]?.end();
    expect(await settled).toEqual(['A', 'B']);
  });
});

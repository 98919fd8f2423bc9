import { describe, expect, it } from 'vitest';
import type { CallRecord } from '../store/store.ts';
import { CallFeed } from './call-feed.ts';

describe('a feed of calls', () => {
  it('tells all who watch, until they stop', () => {
    const feed = new CallFeed();
    const seen: string[] = [];
    const stop = feed.watch(({ id }) => seen.push(`one ${id}`));
    feed.watch(({ id }) => seen.push(`two ${id}`));
    const publish = (id: string): void => feed.watchers.forEach((watch) => watch({ id } as CallRecord));
    publish('a');
    stop();
    publish('b');
    expect(seen).toEqual(['one a', 'two a', 'two b']);
  });
});

import type { CallRecord, Clock } from '@hookswitch/runtime';
import { type CallFeed, viewCall } from '@hookswitch/runtime/inside';
import type { StreamEvents } from './views.ts';

/** How long news are collected before they are sent, ms: a busy server must not send each webhook's to each page. */
const COLLECT = 50;
/** Calls of one batch; of the others a page is told how many they are, and loads anew. */
const MOST = 100;

/** Collects what changes and hands it on in batches, each call as it stands last. The returned function ends that. */
export function batchCalls(feed: CallFeed, clock: Clock, showNumbers: boolean, send: (batch: StreamEvents['calls']) => void): () => void {
  const changed = new Map<string, CallRecord>();
  let cancel: (() => void) | null = null;
  const flush = (): void => {
    cancel = null;
    const calls = [...changed.values()];
    changed.clear();
    send({ calls: calls.slice(0, MOST).map((call) => viewCall(call, showNumbers)), more: Math.max(0, calls.length - MOST) });
  };
  const stop = feed.watch((call) => {
    changed.set(call.id, call);
    cancel ??= clock.timer(COLLECT, flush);
  });
  return () => {
    stop();
    cancel?.();
  };
}

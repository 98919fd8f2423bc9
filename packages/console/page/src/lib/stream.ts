import { request } from './api.ts';

/** How long to wait before the first, second … attempt to come back, ms. */
const PAUSES = [250, 500, 1_000, 2_000, 4_000];

/** What becomes of a stream. */
export interface StreamWatcher {
  onEvent(event: string, data: unknown): void;
  onState(state: 'open' | 'lost'): void;
}

/**
 * Reads server-sent events, over and over until `signal` aborts. By fetch, because an EventSource sends no token. Comes back at once when the browser says
 * that it is online again, or the page is looked at again.
 */
export async function readStream(path: string, watcher: StreamWatcher, signal: AbortSignal): Promise<void> {
  for (let failures = 0; !signal.aborted; failures++) {
    try {
      const response = await request(path, { signal, headers: { accept: 'text/event-stream' } });
      watcher.onState('open');
      failures = -1;
      await readEvents(response, watcher);
    } catch {
      // Whatever it was, the next attempt tells.
    }
    if (signal.aborted) return;
    watcher.onState('lost');
    await pause(PAUSES[Math.min(failures + 1, PAUSES.length - 1)] ?? 1_000, signal);
  }
}

async function readEvents(response: Response, watcher: StreamWatcher): Promise<void> {
  if (response.body === null) return;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    text += value;
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) tell(block, watcher);
  }
}

function tell(block: string, watcher: StreamWatcher): void {
  const event = /^event: (.+)$/m.exec(block)?.[1];
  const data = /^data: (.+)$/m.exec(block)?.[1];
  if (event !== undefined && data !== undefined) watcher.onEvent(event, JSON.parse(data));
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    function done(): void {
      clearTimeout(timer);
      for (const [target, name] of wakers) target.removeEventListener(name, done);
      signal.removeEventListener('abort', done);
      resolve();
    }
    const wakers = [
      [window, 'online'],
      [document, 'visibilitychange'],
    ] as const;
    for (const [target, name] of wakers) target.addEventListener(name, done);
    signal.addEventListener('abort', done);
  });
}

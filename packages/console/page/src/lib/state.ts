import { batch, computed, signal } from '@preact/signals';
import type { DevStreamEvents, DevView } from '../../../src/phone-views.ts';
import type { CallView, FlowSummary, InfoView, LiveCount, StreamEvents } from '../../../src/views.ts';
import { ApiError, get, locked } from './api.ts';
import { readStream } from './stream.ts';
import { setServerTime } from './time.ts';

/** Who serves this page; null until it has answered. */
export const info = signal<InfoView | null>(null);
/** `lost` after the stream broke off; until then the page shows what it knew. */
export const connection = signal<'connecting' | 'open' | 'lost'>('connecting');
/** Calls that have changed since the page was loaded, by id, as they stand now. */
export const changed = signal<ReadonlyMap<string, CallView>>(new Map());
/** Grows with each piece of news of calls: lists load anew by it. */
export const news = signal(0);
/** Grows when all that was loaded may be out of date. */
export const epoch = signal(0);
export const live = signal<readonly LiveCount[]>([]);
export const dev = signal<DevView | null>(null);
/** Why the server can't be asked at all. */
export const trouble = signal<string | null>(null);

export const isDev = computed(() => info.value?.mode === 'dev');
export const flows = computed<readonly FlowSummary[]>(() => info.value?.flows ?? []);

/** Called for each event of a call on the phone. */
export type PhoneListener = (event: DevStreamEvents['phone']) => void;
const phoneListeners = new Set<PhoneListener>();

export function onPhone(listener: PhoneListener): () => void {
  phoneListeners.add(listener);
  return () => void phoneListeners.delete(listener);
}

/** Changed calls that are remembered. */
const MAX_CHANGED = 500;
/** Live counts are asked for at most this often, ms. */
const COUNT_EVERY = 500;

let stop = new AbortController();

/** Asks who is there and follows the stream; again after a new token. */
export async function connect(): Promise<void> {
  stop.abort();
  stop = new AbortController();
  const { signal: aborted } = stop;
  connection.value = 'connecting';
  if (!(await loadInfo())) return;
  void readStream('events', { onEvent, onState }, aborted);
}

async function loadInfo(): Promise<boolean> {
  try {
    const loaded = await get<InfoView>('info');
    batch(() => {
      info.value = loaded;
      locked.value = null;
      trouble.value = null;
    });
    return true;
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return false;
    trouble.value = error instanceof Error ? error.message : String(error);
    setTimeout(() => void connect(), 2_000);
    return false;
  }
}

function onState(state: 'open' | 'lost'): void {
  // A token that was taken back while the page was open.
  if (locked.value !== null) stop.abort();
  connection.value = state;
}

function onEvent(name: string, data: unknown): void {
  switch (name) {
    case 'hello':
      return void onHello(data as StreamEvents['hello']);
    case 'calls':
      return onCalls(data as StreamEvents['calls']);
    case 'dev':
      return void onDev(data as DevView);
    case 'phone':
      for (const listener of phoneListeners) listener(data as DevStreamEvents['phone']);
  }
}

/** The stream is open, perhaps after a break in which anything may have happened. */
async function onHello({ instance, now }: StreamEvents['hello']): Promise<void> {
  setServerTime(now);
  if (info.value?.instance !== instance) await loadInfo();
  batch(() => {
    changed.value = new Map();
    epoch.value++;
    news.value++;
  });
  countLive();
}

function onCalls({ calls }: StreamEvents['calls']): void {
  const next = new Map(changed.value);
  for (const call of calls) {
    next.delete(call.id);
    next.set(call.id, call);
  }
  for (const id of next.keys()) {
    if (next.size <= MAX_CHANGED) break;
    next.delete(id);
  }
  batch(() => {
    changed.value = next;
    news.value++;
  });
  countLive();
}

async function onDev(view: DevView): Promise<void> {
  const before = dev.value;
  dev.value = view;
  if (before !== null && (before.generation !== view.generation || before.charted !== view.charted)) {
    await loadInfo();
    epoch.value++;
  }
}

let counting: ReturnType<typeof setTimeout> | null = null;
let countAgain = false;

/** Asks for the live counts now, or as soon as that is due again. */
function countLive(): void {
  if (counting !== null) {
    countAgain = true;
    return;
  }
  countAgain = false;
  counting = setTimeout(() => {
    counting = null;
    if (countAgain) countLive();
  }, COUNT_EVERY);
  void get<readonly LiveCount[]>('live').then(
    (counts) => {
      live.value = counts;
    },
    () => undefined,
  );
}

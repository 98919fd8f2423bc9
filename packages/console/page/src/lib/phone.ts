import { computed, signal } from '@preact/signals';
import type { DevStreamEvents, PartyDeed, PhoneCallView, PhoneEvent, PhoneOrder, PhoneView } from '../../../src/phone-views.ts';
import type { CallListView, CallView } from '../../../src/views.ts';
import { get, messageOf, post, url } from './api.ts';
import { changed, onPhone } from './state.ts';
import { hush, play, speak } from './voice.ts';

/** What the telephone does at the moment. */
export type PhoneState =
  | 'idle'
  | 'ringing'
  | 'ringing-by-hand'
  | 'connecting'
  | 'speaking'
  | 'listening'
  | 'calling'
  | 'calling-by-hand'
  | 'bridged'
  | 'silent'
  | 'over';

export const numbers = signal<Readonly<Record<string, string>>>({});
/** Callers that flows have as examples. */
export const callers = signal<Readonly<Record<string, string>>>({});
/** Times that flows have as examples, and the languages of those that speak several. */
export const times = signal<Readonly<Record<string, readonly string[]>>>({});
export const languages = signal<Readonly<Record<string, readonly string[]>>>({});
/** What operators can set of each flow. */
export const declared = signal<PhoneView['settings']>({});
export const call = signal<PhoneCallView | null>(null);
export const phoneError = signal<string | null>(null);
export const placing = signal(false);
export const speed = signal(readSpeed());

export const state = computed<PhoneState>(() => (call.value === null ? 'idle' : stateOf(call.value.events)));
export const isUp = computed(() => state.value !== 'idle' && state.value !== 'over');

/** The call as the server knows it, as soon as it does. */
export const serverCall = computed(() => {
  const id = call.value?.id;
  if (id === undefined) return null;
  const newest = [...changed.value.values()].find(({ sessionId }) => sessionId === id);
  return newest ?? (found.value?.sessionId === id ? found.value : null);
});

/** The server's record of the call that was on the phone when the page was loaded. */
const found = signal<CallView | null>(null);

function readSpeed(): number {
  const stored = Number(localStorage.getItem('hookswitch-speed'));
  return [1, 2, 5, 20].includes(stored) ? stored : 1;
}

export function setSpeed(value: number): void {
  speed.value = value;
  localStorage.setItem('hookswitch-speed', String(value));
}

/** Loads the phone, and the call that was on it when the page was left. */
export async function loadPhone(): Promise<void> {
  try {
    const view = await get<PhoneView>('phone');
    numbers.value = view.numbers;
    callers.value = view.callers;
    times.value = view.times;
    languages.value = view.languages;
    declared.value = view.settings;
    const current = call.value;
    const known = view.calls.find(({ id }) => id === current?.id) ?? (current === null ? view.calls.findLast(isAlive) : undefined);
    if (known !== undefined) {
      call.value = known;
      const { calls } = await get<CallListView>(url(['calls'], { flow: known.flow }));
      found.value = calls.find(({ sessionId }) => sessionId === known.id) ?? null;
    } else if (current !== null && isAlive(current)) {
      // The server was started anew: nobody is on the line any more.
      call.value = {
        ...current,
        events: [...current.events, { type: 'ended', by: 'server', status: 'LOST', reason: 'the server was restarted' }],
      };
    }
  } catch (error) {
    phoneError.value = messageOf(error);
  }
}

function isAlive({ events }: PhoneCallView): boolean {
  return !events.some(({ type }) => type === 'ended');
}

onPhone(({ id, n, event }: DevStreamEvents['phone']) => {
  const current = call.value;
  if (current === null || current.id !== id) return;
  if (n < current.events.length) return;
  // Something was missed, e.g. while the stream was broken.
  if (n > current.events.length) return void loadPhone();
  call.value = { ...current, events: [...current.events, event] };
  sound(id, event);
});

function sound(id: string, event: PhoneEvent): void {
  if (event.type === 'spoken') speak(event.text, event.voice, event.speed * speed.value);
  else if (event.type === 'played')
    play(new URL(`api/${url(['phone', 'calls', id, 'audio', String(event.audio)])}`, new URL('./', document.baseURI)).href, speed.value);
  else if (event.type === 'captured' || event.type === 'ended' || (event.type === 'key' && event.heard)) hush();
}

export async function placeCall(order: PhoneOrder): Promise<void> {
  phoneError.value = null;
  placing.value = true;
  hush();
  try {
    const placed = await post<PhoneCallView>('phone/calls', { ...order, speed: speed.value });
    call.value = placed;
    for (const event of placed.events) sound(placed.id, event);
  } catch (error) {
    phoneError.value = messageOf(error);
  } finally {
    placing.value = false;
  }
}

async function act(deed: string, body: object = {}): Promise<void> {
  const current = call.value;
  if (current === null) return;
  phoneError.value = null;
  try {
    await post(url(['phone', 'calls', current.id, deed]), body);
  } catch (error) {
    phoneError.value = messageOf(error);
  }
}

let pressed = '';
let pressing: Promise<void> | null = null;

/** Presses a key. Those that come while others are on their way follow them: two requests could overtake each other. */
export function press(key: string): Promise<void> {
  pressed += key;
  pressing ??= pressAll().finally(() => (pressing = null));
  return pressing;
}

async function pressAll(): Promise<void> {
  while (pressed !== '') {
    const keys = pressed;
    pressed = '';
    await act('press', { keys });
  }
}

export const hangUp = (): Promise<void> => act('hang-up');
export const party = (does: PartyDeed): Promise<void> => act('party', { does });

export function clearPhone(): void {
  hush();
  call.value = null;
  phoneError.value = null;
}

function stateOf(events: readonly PhoneEvent[]): PhoneState {
  for (const event of events.toReversed()) {
    switch (event.type) {
      case 'ended':
      case 'closed':
        return 'over';
      case 'ringing':
        return event.leg === 'first' ? (event.byHand ? 'ringing-by-hand' : 'ringing') : event.byHand ? 'calling-by-hand' : 'calling';
      case 'connected':
      case 'captured':
      case 'bridge-ended':
        return 'connecting';
      case 'spoken':
      case 'played':
        return 'speaking';
      case 'listening':
        return 'listening';
      case 'bridged':
        return 'bridged';
      case 'silence':
        return 'silent';
      default:
    }
  }
  return 'connecting';
}

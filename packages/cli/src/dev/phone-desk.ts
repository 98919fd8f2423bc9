import type { DevStreamEvents, PartyDeed, PhoneCallView, PhoneEvent, PhoneOrder } from '@hookswitch/console/inside';
import { isHookswitchError } from '@hookswitch/dsl';
import type * as Simulator from '@hookswitch/simulator';
import { PhoneError } from '../errors/phone-error.ts';
import { phoneClock, type PhoneTimeline } from './phone-clock.ts';
import { phoneEvent } from './phone-events.ts';

export const SUBACCOUNT = 'simulated';
/** Calls that can still be looked at. */
export const MAX_CALLS = 20;

/** Places an outbound call through the server's own API; gives the platform's session id. */
export type PlaceCall = (order: PhoneOrder) => Promise<string>;

interface PhoneCall {
  readonly view: Omit<PhoneCallView, 'events'>;
  readonly events: PhoneEvent[];
  /** Addresses of the files that were played, by their numbers. */
  readonly files: string[];
  readonly session: Simulator.SimulatedSession;
}

/** The telephone of the page: people's calls on the simulated platform. */
export class PhoneDesk {
  readonly #platform: Simulator.Platform;
  readonly #calls = new Map<string, PhoneCall>();
  readonly #speeds = new Map<string, { readonly timeline: PhoneTimeline; speed: number }>();
  readonly #tell: (news: DevStreamEvents['phone']) => void;
  /** Speed, flow, time and settings of the call that is being placed. */
  #next: { readonly speed: number; readonly flow: string; readonly at: string | null; readonly settings: PhoneCallView['settings'] } = {
    speed: 1,
    flow: '',
    at: null,
    settings: null,
  };

  static async open(
    simulator: typeof Simulator,
    webhooks: string,
    tell: (news: DevStreamEvents['phone']) => void,
  ): Promise<{ readonly desk: PhoneDesk; readonly platformUrl: string }> {
    const clock = phoneClock();
    const byHand = { does: 'by-hand' } as const;
    const platform = simulator.createPlatform({
      subAccountId: SUBACCOUNT,
      webhookUrls: Object.fromEntries(simulator.WEBHOOK_TYPES.map((type) => [type, `${webhooks}/${type.toLowerCase()}`])),
      clock,
      parties: { ...byHand, talkMs: null },
      onOutbound: () => ({ party: byHand, caller: 'person' }),
      // Somebody may sit in a debugger behind the server.
      behaviour: { answerTimeoutMs: 600_000 },
      remember: MAX_CALLS,
    });
    const desk = new PhoneDesk(platform, tell);
    platform.onSession((session) => desk.#begin(session, clock.newest));
    return { desk, platformUrl: await platform.listen() };
  }

  private constructor(platform: Simulator.Platform, tell: (news: DevStreamEvents['phone']) => void) {
    this.#platform = platform;
    this.#tell = tell;
  }

  /** Calls that can be looked at, oldest first. */
  get calls(): readonly PhoneCallView[] {
    return [...this.#calls.values()].map(viewOf);
  }

  /** Ids of the sessions that live. */
  get living(): ReadonlySet<string> {
    return new Set(this.#platform.sessions.map(({ id }) => id));
  }

  /** Begins a call. An outbound one is placed by the server, as it would be at 8x8. */
  async call(order: PhoneOrder, place: PlaceCall): Promise<PhoneCallView> {
    this.#next = { speed: order.speed ?? 1, flow: order.flow, at: order.at ?? null, settings: order.settings ?? null };
    if (order.direction === 'inbound') return viewOf(this.#known(this.#platform.inboundCall({ from: order.from, to: order.to }).id));
    return viewOf(this.#known(await place(order)));
  }

  press(id: string, keys: string): void {
    this.#act(id, (session) => session.press(keys));
  }

  hangUp(id: string): void {
    this.#act(id, (session) => session.hangUp());
  }

  /** What the other side does: the second party of a bridge, or whoever an outbound call is for. */
  party(id: string, deed: PartyDeed): void {
    this.#act(id, (session) => (deed === 'hangs-up' ? session.partyHangsUp() : session.partyDoes(deed)));
  }

  /** The address of a file that was played in a call. Nothing else can be asked for through it. */
  audio(id: string, number: number): string | null {
    return this.#calls.get(id)?.files[number] ?? null;
  }

  async close(): Promise<void> {
    await this.#platform.close();
  }

  #begin(session: Simulator.SimulatedSession, timeline: PhoneTimeline | null): void {
    const { id, direction, from, to } = session;
    const { flow, at, settings } = this.#next;
    const call: PhoneCall = { view: { id, flow, direction, from, to, at, settings }, events: [], files: [], session };
    this.#calls.set(id, call);
    for (const old of this.#calls.keys()) if (this.#calls.size > MAX_CALLS) this.#calls.delete(old);
    if (timeline !== null) this.#speeds.set(id, { timeline, speed: this.#next.speed });
    timeline?.hurry(this.#next.speed);
    session.on((event) => this.#on(call, event));
  }

  #on(call: PhoneCall, event: Simulator.SessionEvent): void {
    const { id } = call.view;
    const pace = this.#speeds.get(id);
    // Only speech is hurried: whoever has to press keys gets the time that a caller has.
    if (event.type === 'listening') pace?.timeline.hurry(1);
    else if (event.type === 'captured' || event.type === 'asking') pace?.timeline.hurry(pace.speed);
    if (event.type === 'closed') this.#speeds.delete(id);
    const told = phoneEvent(event, () => call.files.push((event as { readonly url: string }).url) - 1);
    if (told === null) return;
    call.events.push(told);
    this.#tell({ id, n: call.events.length - 1, event: told });
  }

  #act(id: string, deed: (session: Simulator.SimulatedSession) => Promise<void>): void {
    const { session } = this.#known(id);
    try {
      // The promise is of the next turn; the page hears of it by events.
      deed(session).catch(() => undefined);
    } catch (error) {
      if (isHookswitchError(error)) throw new PhoneError(error.message, error);
      throw error;
    }
  }

  #known(id: string): PhoneCall {
    const call = this.#calls.get(id);
    if (call === undefined) throw new PhoneError('This call is not on the phone any more. Begin a new one.');
    return call;
  }
}

function viewOf({ view, events }: PhoneCall): PhoneCallView {
  return { ...view, events: [...events] };
}

import type { Chart } from '@hookswitch/dsl';
import { siteLabel, siteLabelOf } from '@hookswitch/runtime/inside';
import type { CallerLine, SessionEvent } from '@hookswitch/simulator';

/** Sends a signal to the call of a session; `key` names the request. Rejects where it is refused. */
export type SendSignal = (sessionId: string, name: string, value: unknown, key: string) => Promise<void>;

type Answered = Extract<SessionEvent, { readonly type: 'answered' }>;

/** How often a signal is sent while a piece of the hold is played, where it is not, and how often it is sent twice. A wait without examples comes to nothing. */
const RATES = { sent: 0.5, again: 0.25 };

/** A signal that a site waits for, and what may be sent. */
interface Wait {
  readonly name: string;
  readonly values: readonly unknown[];
}

/**
 * Sends signals to flows that wait for them: while a piece of the hold is played, one of the examples or nothing, drawn from the call's own stream; now and then the same
 * request twice. Time stands still until it was taken, so that a call which is disturbed goes the same way. What is never sent runs out of its time.
 */
export class SignalPlans {
  readonly #waits: ReadonlyMap<string, Wait>;
  readonly #send: SendSignal;

  constructor({ sites, signals }: Pick<Chart, 'sites' | 'signals'>, send: SendSignal) {
    this.#send = send;
    this.#waits = new Map(
      [...sites.values()].flatMap(({ name, signal }) => {
        const waits = signal === undefined ? [] : (signals.get(signal) ?? []);
        const own = waits.find((one) => (one.id ?? one.name) === name.split('/').at(-1)) ?? waits[0];
        return own === undefined ? [] : [[siteLabel(name), { name: own.name, values: Object.values(own.examples ?? {}) }] as const];
      }),
    );
  }

  /** Begins one call; returns the function that is given each of its answers. */
  begin({ sessionId, random, hold, wrong }: CallerLine): (event: Answered) => void {
    let sent = 0;
    /** Where a signal was sent: what is still played there says nothing of another wait. */
    let taken: string | null = null;
    return ({ clientActionId, callflow, hold: isHold }) => {
      const site = siteLabelOf(clientActionId);
      const wait = site === null || !isHold ? undefined : this.#waits.get(site);
      if (wait === undefined || callflow.at(-1)?.action !== 'sayAndCapture') return void (taken = null);
      // Always as many draws, so that one rate doesn't move what the others hit.
      const [isSent, isTwice, which] = [
        random.chance(RATES.sent),
        random.chance(RATES.again),
        random.int(0, Math.max(0, wait.values.length - 1)),
      ];
      if (!isSent || wait.values.length === 0 || taken === site) return;
      taken = site;
      const key = `${sessionId}:${sent++}`;
      const go = hold();
      const send = (): Promise<void> => this.#send(sessionId, wait.name, wait.values[which], key);
      void send()
        .then(() => (isTwice ? send() : undefined))
        .catch((error: unknown) =>
          wrong(`The signal "${wait.name}" was refused: ${error instanceof Error ? error.message : String(error)}`),
        )
        .finally(go);
    };
  }
}

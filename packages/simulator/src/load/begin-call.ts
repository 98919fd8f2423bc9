import { setTimeout as sleep } from 'node:timers/promises';
import type { Platform } from '../platform.ts';
import type { SimulatedSession } from '../session/simulated-session.ts';
import type { CallOrder, FullLoadOptions } from './load-options.ts';

/** How long after a call was ordered its session must have begun, ms of real time. */
const TIMEOUT = 10_000;

/** Begins the call `index` of a load; a text says why it didn't come about. */
export async function beginCall(platform: Platform, options: FullLoadOptions, index: number): Promise<SimulatedSession | string> {
  const { caller, from, to, name = (at: number) => `call-${at}`, thinkMs, thinking, outbound } = options;
  const who = {
    caller: typeof caller === 'function' ? caller(index) : caller,
    name: name(index),
    thinkMs,
    thinking,
    keepEvents: false,
  };
  const called = typeof to === 'function' ? to(index) : to;
  if (outbound === undefined || outbound.isOutbound?.(index) === false)
    return platform.inboundCall({
      ...who,
      ...(from === undefined ? {} : { from: from(index) }),
      ...(called === undefined ? {} : { to: called }),
    });
  const number = called ?? `+65${90_000_000 + (index % 10_000_000)}`;
  const party = outbound.party?.(index);
  const begun = platform.nextCallTo(number, { ...who, ...(party === undefined ? {} : { party }) });
  const order = { index, name: name(index), from: from?.(index) ?? null, to: number };
  return Promise.race([begun, placed(outbound.place, order)]);
}

/** Why an ordered call has not begun, as soon as that is known. */
async function placed(place: (order: CallOrder) => Promise<unknown>, order: CallOrder): Promise<string> {
  try {
    await place(order);
  } catch (error) {
    return `the server did not place it: ${error instanceof Error ? error.message : String(error)}`;
  }
  await sleep(TIMEOUT, undefined, { ref: false });
  return `the server took the order, and no call came within ${TIMEOUT / 1000} s`;
}

import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

/** What a step of the shop asks of the world. */
export interface Effect {
  readonly session: string | null;
  /** `order`, `bye` (the flow's end), `end` (the hook). */
  readonly kind: string;
  /** Which one of its kind in this call, from 1, as the flow counts. */
  readonly n: number;
  readonly item: string | null;
  readonly key: string;
  /** The process that asked. */
  readonly instance: number;
}

/** What was asked for under one key. */
export interface Received {
  readonly effect: Effect;
  /** How often. */
  times: number;
}

/** The world behind the shop's steps, which does everything once for each idempotency key, and keeps account. */
export interface Receiver {
  readonly url: string;
  /** By idempotency key. */
  readonly received: ReadonlyMap<string, Received>;
  /** Resolves as soon as `condition` holds, looked at after each request. */
  until(condition: () => boolean): Promise<void>;
  /** Everything that went otherwise than it must. */
  mistakes(): readonly string[];
  close(): Promise<void>;
}

/** Starts a receiver. `delay`: how long an order takes, ms, by its item. */
export async function startReceiver(delay: (item: string) => number = () => 0): Promise<Receiver> {
  const received = new Map<string, Received>();
  const mistakes: string[] = [];
  const keys = new Map<string, string>();
  const waiting = new Set<() => void>();

  const take = (effect: Effect): string => {
    const { session, kind, n, item, key } = effect;
    const what = `${session}/${kind}/${n}`;
    const known = keys.get(what);
    if (known !== undefined && known !== key) mistakes.push(`${what} came under a second key`);
    keys.set(what, key);
    const before = received.get(key);
    if (before === undefined) received.set(key, { effect, times: 1 });
    else {
      before.times++;
      if (`${before.effect.session}/${before.effect.kind}/${before.effect.n}/${before.effect.item}` !== `${what}/${item}`)
        mistakes.push(`${what} came under the key of another effect`);
    }
    return String(numberOf(n, item));
  };

  const ordersOf = (session: string | null): number => {
    let count = 0;
    for (const { effect } of received.values()) if (effect.session === session && effect.kind === 'order') count++;
    return count;
  };

  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      const effect = JSON.parse(body) as Effect;
      const answer = effect.kind === 'list' ? String(ordersOf(effect.session)) : take(effect);
      setTimeout(() => response.end(JSON.stringify(answer)), effect.kind === 'order' ? delay(effect.item ?? '') : 0);
      for (const look of waiting) look();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    received,
    until: (condition) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!condition()) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    mistakes: () => mistakes,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** An order's number, which depends on nothing but the order, so that equal calls hear equal numbers. */
function numberOf(n: number, item: string | null): number {
  let sum = 7 + n;
  for (const character of item ?? '-') sum = (sum * 31 + character.charCodeAt(0)) % 9_973;
  return sum;
}

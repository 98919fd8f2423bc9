import { callDesk } from '../support/desk/call-desk.ts';
import { startDeploys } from '../support/desk/deploys.ts';
import { startRoundRobin } from '../support/round-robin.ts';
import { type ServerProcess, startServerProcess } from '../support/server-process.ts';
import { auditStore, untilEnded } from '../support/shop/audit.ts';
import { SHOP_SESSIONS } from '../support/shop/call-shop.ts';
import { startReceiver } from '../support/shop/receiver.ts';
import { eachOnce } from './duplicates.ts';
import type { Scenario, SoakResult, SoakSettings } from './scenario.ts';
import { vcaFigures } from './vca-figures.ts';

const DESK = new URL('../support/desk/desk.ts', import.meta.url).href;
/** Webhooks between one start of a server and the next: about sixteen, however many calls there are, and two or three for a few calls. */
const WEBHOOKS_PER_CALL = 0.5;
const MIN_CALLS = 50;
/** How long the last calls may take to come to their end, ms. */
const TIMEOUT = 90_000;

export const deploy: Scenario = {
  what: 'Over and over other code is deployed under the calls: they go on where their answers fit it, and only where they do not are told that it has changed.',
  stores: ['sqlite', 'postgres'],
  run: (settings) => runDeploys(settings, { sideBySide: false, instances: 1 }),
};

export const versions: Scenario = {
  what: 'The same with each version served beside those before it: every call stays on the one that it began with, and none is told of a change.',
  stores: ['sqlite', 'postgres'],
  run: (settings) => runDeploys(settings, { sideBySide: true, instances: 1 }),
};

export const rolling: Scenario = {
  what: 'The same with two instances behind a balancer, replaced one after the other: calls of the version that is new reach servers which do not have it yet.',
  stores: ['postgres'],
  run: (settings) => runDeploys(settings, { sideBySide: true, instances: 2 }),
};

interface Deployment {
  readonly sideBySide: boolean;
  readonly instances: number;
}

async function runDeploys({ calls, seed, place, built, tell }: SoakSettings, { sideBySide, instances }: Deployment): Promise<SoakResult> {
  const receiver = await startReceiver();
  const servers: ServerProcess[] = [];
  for (let started = 0; started < instances; started++)
    servers.push(
      await startServerProcess({
        store: place.url,
        flows: DESK,
        setup: { release: 0, sideBySide },
        receiver: receiver.url,
        sessions: SHOP_SESSIONS,
        built,
      }),
    );
  const balancer = await startRoundRobin(
    servers.map(({ url }) => url),
    { retry: instances > 1 },
  );
  const deploys = startDeploys(servers, { seed, sideBySide, every: Math.max(MIN_CALLS, (calls * WEBHOOKS_PER_CALL) / instances) });
  try {
    let next = 0;
    const { load, changed, again } = await callDesk({
      url: balancer.url,
      seed,
      calls,
      concurrency: 60,
      deploys,
      onProgress: (done) => {
        if (done < next) return;
        next = done + calls / 10;
        tell(`${done} of ${calls} calls, ${deploys.count()} deploys`);
      },
    });
    await deploys.stop();
    const wrong = load.bad.map(({ name, message }) => `${name} ${message}`);
    if (sideBySide && changed > 0) wrong.push(`${changed} calls were told of a change`);
    if (instances === 1 && again > 0) wrong.push(`${again} questions were asked again`);
    // The finally of code that is gone is gone with it.
    wrong.push(...(await untilEnded(receiver, calls, TIMEOUT, calls - changed)), ...receiver.mistakes());
    for (const server of servers) await server.stop();
    wrong.push(...(await auditStore(place.url, true)).mistakes, ...eachOnce([...receiver.received.values()]));
    return {
      wrong,
      figures: {
        calls: load.calls,
        lost: load.lost,
        deploys: deploys.count(),
        toldOfAChange: changed,
        askedAgain: again,
        ...vcaFigures(load),
      },
    };
  } finally {
    await deploys.stop();
    for (const server of servers) await server.kill();
    await balancer.close();
    await receiver.close();
  }
}

import { formatReport } from '@hookswitch/simulator';
import { auditStore, countEffects, untilEnded } from '../support/shop/audit.ts';
import { callShop, SHOP_SESSIONS } from '../support/shop/call-shop.ts';
import { startKiller } from '../support/shop/killer.ts';
import { startReceiver } from '../support/shop/receiver.ts';
import { startServerProcess } from '../support/server-process.ts';
import type { Scenario, SoakResult, SoakSettings } from './scenario.ts';

const SHOP = new URL('../support/shop/shop.ts', import.meta.url).href;
/** How many times faster than real time callers live. */
const PACE = 20;

/** Orders are quick, take a moment, or take longer than the budget. */
export const delayOf = (item: string): number => (item.length % 6 === 1 ? 1_300 : item.length % 2 === 0 ? 40 : 3);

export const kill: Scenario = {
  what: 'the server is killed at random moments and started again; with redelivery every caller hears what an undisturbed one hears, and nothing is done twice.',
  stores: ['sqlite', 'postgres'],
  run: runKill,
};

async function runKill({ calls, seed, place, tell }: SoakSettings): Promise<SoakResult> {
  const receiver = await startReceiver(delayOf);
  const server = await startServerProcess({ store: place.url, flows: SHOP, receiver: receiver.url, sessions: SHOP_SESSIONS, built: true });
  const wrong: string[] = [];
  let kills = (): number => 0;
  try {
    const { calm, disturbed } = await callShop({
      url: server.url,
      seed,
      calls,
      concurrency: 100,
      pace: PACE,
      // Patient enough for a server that takes its time to come back: each repetition waits for four seconds.
      disturbed: { behaviour: { redelivery: { times: 10, afterMs: 4_000 * PACE } } },
      disturb: () => {
        const killer = startKiller([server], seed);
        ({ kills } = killer);
        return killer;
      },
      load: {
        onProgress: ({ done, wrong: bad, lost }) =>
          done > 0 && done % 200 < 20 && tell(`${done} calls, ${kills()} kills, ${bad} wrong, ${lost} lost`),
      },
    });
    tell(formatReport(disturbed).split('\n').join('\n   '));
    for (const report of [calm, disturbed])
      if (!report.ok) wrong.push(...report.bad.map(({ name, message }) => `${name}: ${message}`), 'a run was not ok');
    wrong.push(...(await untilEnded(receiver, calls * 2, 120_000)), ...receiver.mistakes());
    await server.stop();
    wrong.push(...(await auditStore(place.url)));
    const { effects, repeated } = countEffects(receiver, ['order', 'bye']);
    const webhooks = disturbed.webhooks.VCA;
    return {
      wrong,
      figures: {
        calls: disturbed.calls,
        kills: kills(),
        webhooks: webhooks?.sent ?? 0,
        brokenOff: webhooks?.failed ?? 0,
        steps: effects,
        stepsRepeatedUnderTheirKey: repeated,
      },
    };
  } finally {
    await server.kill();
    await receiver.close();
  }
}

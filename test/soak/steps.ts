import { auditStore, countEffects, untilEnded } from '../support/shop/audit.ts';
import { callRisks } from '../support/risks/call-risks.ts';
import { SHOP_SESSIONS } from '../support/shop/call-shop.ts';
import { startReceiver } from '../support/shop/receiver.ts';
import { startServerProcess } from '../support/server-process.ts';
import { eachOnce } from './duplicates.ts';
import type { Scenario, SoakResult, SoakSettings } from './scenario.ts';
import { vcaFigures } from './vca-figures.ts';

const RISKS = new URL('../support/risks/risks.ts', import.meta.url).href;
/** How long the last calls may take to come to their end, ms. */
const TIMEOUT = 90_000;

export const steps: Scenario = {
  what: 'Steps hang, throw, reject, give what JSON can not hold, block the process, and callers hang up in the middle: flows are told, each step and each finally runs once, all calls end.',
  stores: ['sqlite', 'postgres'],
  run: runSteps,
};

async function runSteps({ calls, seed, place, built, tell }: SoakSettings): Promise<SoakResult> {
  const receiver = await startReceiver();
  const server = await startServerProcess({ store: place.url, flows: RISKS, receiver: receiver.url, sessions: SHOP_SESSIONS, built });
  try {
    let next = 0;
    const report = await callRisks({
      url: server.url,
      seed,
      calls,
      concurrency: 60,
      onProgress: (done) => {
        if (done < next) return;
        next = done + calls / 10;
        tell(`${done} of ${calls} calls`);
      },
    });
    const wrong = report.bad.map(({ name, message }) => `${name}: ${message}`);
    wrong.push(...Object.entries(report.faults).map(([kind, count]) => `${count} faults of the kind ${kind}`));
    wrong.push(...(await untilEnded(receiver, calls, TIMEOUT)), ...receiver.mistakes());
    await server.stop();
    wrong.push(...(await auditStore(place.url)).mistakes, ...eachOnce([...receiver.received.values()]));
    return {
      wrong,
      figures: {
        calls: report.calls,
        lost: report.lost,
        hungUp: report.cut,
        steps: countEffects(receiver, ['risk']).effects,
        ...vcaFigures(report),
      },
    };
  } finally {
    await server.kill();
    await receiver.close();
  }
}

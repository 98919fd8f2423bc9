import type { Platform } from '@hookswitch/simulator';
import type { ServerProcess } from '../support/server-process.ts';
import type { Scenario, SoakSettings } from './scenario.ts';
import { runShop, type StartTrouble } from './shop-run.ts';

const SHOP = new URL('../support/shop/shop-of-both.ts', import.meta.url).href;
/** How many times faster than real time callers live, so that a replaced server meets them at any moment of their calls. */
const PACE = 20;
/** Patient enough for a server that takes its time to start: each repetition waits for three seconds. */
const REDELIVERY = { redelivery: { times: 60, afterMs: 3_000 * PACE } };
const SKIPPED =
  'skipped: give the release before by --old FOLDER, made by: git worktree add FOLDER COMMIT && cd FOLDER && npm ci --ignore-scripts && npm run build';

/** Which server is replaced next, and whether by one of today; one of them goes back once in between. */
function movesOf(instances: number): readonly (readonly [server: number, isToday: boolean])[] {
  const last = instances - 1;
  const first = Array.from({ length: instances }, (_, server) => [server, true] as const);
  return [...first.slice(0, last), [last, true], [last, false], [last, true]];
}

/** Each time that the next part of the calls has begun, one server is told to end, and another release starts in its place. */
const replacing =
  ({ calls, old }: SoakSettings, instances: number): StartTrouble =>
  (servers: readonly ServerProcess[], platform: Platform) => {
    const moves = movesOf(instances);
    let [begun, made] = [0, 0];
    let work = Promise.resolve();
    platform.onSession(() => {
      begun++;
      const move = moves[made];
      if (move === undefined || begun < ((made + 1) * calls) / (moves.length + 1)) return;
      made++;
      const [index, isToday] = move;
      const server = servers[index];
      work = work.then(async () => {
        await server?.stop();
        await server?.start({ release: isToday ? null : old });
      });
    });
    return { figures: () => ({ replaced: made }), stop: () => work };
  };

export const upgrade: Scenario = {
  what: 'Servers of the release before are replaced one by one, and one of them goes back: callers hear what they hear of the release before alone, and nothing is done twice.',
  stores: ['sqlite', 'postgres'],
  run: async (settings) => {
    if (settings.old === null) {
      settings.tell(SKIPPED);
      return { wrong: [], figures: {} };
    }
    const instances = settings.place.kind === 'sqlite' ? 1 : 3;
    return runShop(settings, {
      release: settings.old,
      flows: SHOP,
      instances,
      concurrency: 60,
      pace: PACE,
      disturbed: { behaviour: REDELIVERY },
      trouble: replacing(settings, instances),
      ...(instances === 1 ? {} : { balance: { retry: true } }),
    });
  },
};

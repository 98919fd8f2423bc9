import { capture, defineFlow, menu, say, step, subflow } from '@hookswitch/dsl';

/** A flow of as many sites as are wanted: floors of a building, each with its menu and up to three more. */
export function floors(sites: number) {
  return defineFlow({ name: 'building', voice: 'en-US-BenjaminRUS', keys: { repeat: '*' } }, function* () {
    for (let floor = 1; floor * 4 - 3 <= sites; floor++) {
      const wish = yield* menu(
        `You are on floor ${floor}. For the rooms press 1, to go up press 2, to leave press 3.`,
        { 1: 'rooms', 2: 'up', 3: 'leave' },
        { id: `floor-${floor}`, otherwise: 'up' },
      );
      if (wish === 'leave') break;
      if (wish === 'rooms') yield* rooms(floor, sites - floor * 4 + 3);
    }
    yield say('Goodbye.');
  });
}

function rooms(floor: number, count: number) {
  return subflow(`floor-${floor}`, function* () {
    const digits = { maxDigits: 3, examples: ['12'] };
    if (count > 0) yield* capture(`The desk of floor ${floor}: key in its number, then hash.`, { id: 'desk', ...digits });
    if (count > 1) yield* step('records', (): number | null => 1, { examples: { found: 1, none: null } });
    if (count > 2) yield* capture(`The door of floor ${floor}: key in its number, then hash.`, { id: 'door', ...digits });
  })();
}

/** Trips under way, as a real service would keep them in a database. */
const trips = [
  { code: '4711', driver: '+6591110001', passenger: '+6592220002' },
  { code: '4712', driver: '+6591110003', passenger: '+6592220004' },
] as const;

/** The number of the other one on the caller's trip; null where the caller is on none. 8x8 gives numbers with or without `+`. */
export async function otherOf(caller: string): Promise<string | null> {
  const number = `+${caller.replace('+', '')}`;
  const trip = trips.find(({ driver, passenger }) => driver === number || passenger === number);
  return trip === undefined ? null : trip.driver === number ? trip.passenger : trip.driver;
}

/** The number of a trip's driver; null where there is no such trip. */
export async function driverOf(code: string): Promise<string | null> {
  return trips.find((trip) => trip.code === code)?.driver ?? null;
}

/** Messages that were sent, by the key that keeps a repeated step from sending one twice. */
const sent = new Map<string, string>();

/** Tells the owner of a number that somebody tried to call. */
export async function tellMissed(number: string, key: string): Promise<void> {
  sent.set(key, number);
}

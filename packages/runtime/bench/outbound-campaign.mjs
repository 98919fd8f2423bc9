/** When everything happens: the stores are told the time. */
export const BEGAN = 1767268800000;
const DAY = 86_400_000;
export const ZONES = ['Asia/Singapore', 'Europe/Berlin', 'America/New_York'];
export const LANE = { id: 'lane', slots: 10_000, perSecond: 100_000 };
/** As many rows as one statement takes. */
const BATCH = 5_000;

/** Somebody to call. */
export function somebody(n) {
  return {
    ...{ key: `customer-${n}`, person: `person-${n}`.padEnd(43, '.'), phone: `+65${90_000_000 + (n % 9_999_999)}` },
    ...{ zone: ZONES[n % ZONES.length], dueAt: BEGAN - DAY + n, params: `{"name":"Customer ${n}","at":"2026-01-02T09:00:00Z"}` },
  };
}

/** A running campaign on its lane, its windows open, with so many recipients, all due. */
export async function fill(outbound, id, count, lane = LANE.id) {
  await outbound.putLane({ ...LANE, id: lane });
  const times = { startsAt: BEGAN - DAY, endsAt: BEGAN + 30 * DAY, createdAt: BEGAN };
  await outbound.addCampaign({ ...LANE, id, lane, topic: 'offers', status: 'running', reason: null, ...times, data: '{}' });
  for (let first = 0; first < count; first += BATCH)
    await outbound.addRecipients(
      id,
      Array.from({ length: Math.min(BATCH, count - first) }, (_, index) => somebody(first + index)),
    );
  for (const zone of ZONES) await outbound.setWindow(id, zone, { opensAt: BEGAN - DAY, closesAt: BEGAN + DAY });
}

/** A claim of ten. */
export function aClaim(campaign, most = 10) {
  const caps = [{ max: 3, per: DAY }];
  return { lane: LANE.id, campaign, worker: 'worker', most, ahead: 10_000, lease: 60_000, margin: 1_000, caps };
}

/** Milliseconds that `work` takes. */
export async function timed(work) {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

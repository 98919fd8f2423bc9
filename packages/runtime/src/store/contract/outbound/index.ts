import { beforeEach, describe, expect, it } from 'vitest';
import type { OutboundStore } from '../../outbound/outbound-store.ts';
import { DAY, HOUR, NOON, type StoreHarness, type TheStore } from '../call.ts';
import { describeAttempts } from './attempts.ts';
import { aCampaign, aClaim, aDial, anEnd, somebody } from './campaign.ts';
import { describeCampaigns } from './campaigns.ts';
import { describePeople } from './people.ts';
import { describeOutboundRaces } from './races.ts';
import { describeOutboundReports } from './reports.ts';

const OPERATIONS: { readonly [Method in keyof OutboundStore]: (outbound: OutboundStore) => Promise<unknown> } = {
  now: (outbound) => outbound.now(),
  putLane: (outbound) => outbound.putLane({ id: 'a', slots: 1, perSecond: 1 }),
  lanes: (outbound) => outbound.lanes(),
  addCampaign: (outbound) => outbound.addCampaign(aCampaign()),
  campaign: (outbound) => outbound.campaign('a'),
  campaigns: (outbound) => outbound.campaigns(),
  changeCampaign: (outbound) => outbound.changeCampaign('a', { status: 'paused' }),
  addRecipients: (outbound) => outbound.addRecipients('a', [somebody('ann')]),
  recipients: (outbound) => outbound.recipients('a', { after: null, limit: 1 }),
  staleWindows: (outbound) => outbound.staleWindows(null, 1),
  setWindow: (outbound) => outbound.setWindow('a', 'UTC', null),
  claim: (outbound) => outbound.claim(aClaim(), null),
  pace: (outbound) => outbound.pace({ lane: 'a', campaign: 'a', most: 1, horizon: 1 }, null),
  dial: (outbound) => outbound.dial(aDial('a'), null),
  placed: (outbound) => outbound.placed('a', 1, null),
  unknown: (outbound) => outbound.unknown('a'),
  end: (outbound) => outbound.end(anEnd('a'), null),
  overdue: (outbound) => outbound.overdue(null, 1),
  expire: (outbound) => outbound.expire(null, 1),
  suppress: (outbound) => outbound.suppress([{ person: 'a', scope: '*' }], null),
  unsuppress: (outbound) => outbound.unsuppress({ person: 'a', scope: '*' }),
  suppressions: (outbound) => outbound.suppressions({ after: null, limit: 1 }),
  erase: (outbound) => outbound.erase('a', null),
  prune: (outbound) => outbound.prune(1, 1),
  recipientCounts: (outbound) => outbound.recipientCounts('a'),
  attemptCounts: (outbound) => outbound.attemptCounts('a', { from: 0, to: HOUR }),
  attempts: (outbound) => outbound.attempts(1),
  openAttempts: (outbound) => outbound.openAttempts('a', 1),
  windows: (outbound) => outbound.windows('a'),
  suppressed: (outbound) => outbound.suppressed(['a']),
  putImport: (outbound) => outbound.putImport('a', { name: 'a', at: 1, data: '' }),
  imports: (outbound) => outbound.imports('a'),
  deleteCampaign: (outbound) => outbound.deleteCampaign('a'),
};

/** Outbound campaigns, for stores that keep them; for all others these tests are skipped. */
export function describeOutbound(store: TheStore, harness: StoreHarness): void {
  beforeEach(({ skip }) => {
    skip(store().outbound === undefined, 'the store keeps no campaigns');
  });

  const outbound = (): OutboundStore => store().outbound as OutboundStore;
  describe('what operators do', () => describeCampaigns(outbound, store, harness));
  describe('attempts', () => describeAttempts(outbound));
  describe('what operators look at', () => describeOutboundReports(outbound));
  describe('people', () => describePeople(outbound, store));
  describe('races', () => describeOutboundRaces(outbound));

  it('has a clock that runs', async () => {
    const [first, second] = [await outbound().now(), await outbound().now()];
    expect(first).toBeGreaterThan(NOON - 365 * DAY);
    expect(second).toBeGreaterThanOrEqual(first);
  });

  it.each(Object.keys(OPERATIONS) as (keyof OutboundStore)[])('goes by that clock where it is given no time: %s', async (operation) => {
    await expect(OPERATIONS[operation](outbound())).resolves.not.toThrow();
  });

  it.each(Object.entries(OPERATIONS))('rejects %s once it is closed, saying so', async (operation, run) => {
    await store().close();
    const closed = { code: 'HS_STORE_UNAVAILABLE', reason: 'closed', outcome: 'unchanged', operation: `outbound.${operation}` };
    await expect(run(outbound())).rejects.toMatchObject(closed);
  });
}

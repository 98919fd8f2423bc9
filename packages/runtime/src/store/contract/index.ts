import { afterEach, beforeEach, describe } from 'vitest';
import type { StoreHarness } from './call.ts';
import { describeAudit } from './audit.ts';
import { describeCommit } from './commit.ts';
import { describeCounts } from './counts.ts';
import { describeFinding } from './finding.ts';
import { describeInbox } from './inbox.ts';
import { describeInboxRaces } from './inbox-races.ts';
import { describeKeeping } from './keeping.ts';
import { describeLifecycle } from './lifecycle.ts';
import { describeOutbound } from './outbound/index.ts';
import { describeOverrides } from './overrides.ts';
import { describeRaces } from './races.ts';
import { describeSignals } from './signals.ts';
import { describeSweeping } from './sweeping.ts';
import { describeTags } from './tags.ts';
import { describeTurns } from './turns.ts';
import type { Store } from '../store.ts';

export type { StoreHarness };

/**
 * The contract of `Store` as tests of vitest, for any store: call it in a test file. Each test has a store of its own from `harness.fresh()`, closed when the test is over. What is optional of a store is tested where it is there.
 */
export function describeStoreContract(name: string, harness: StoreHarness): void {
  describe(`${name} keeps the contract of stores`, () => {
    let store: Store;

    beforeEach(async () => {
      store = await harness.fresh();
    });

    afterEach(() => store.close());

    const theStore = (): Store => store;
    describe('life', () => describeLifecycle(theStore));
    describe('changes of a call', () => describeCommit(theStore));
    describe('turns and timelines', () => describeTurns(theStore));
    describe('races', () => describeRaces(theStore));
    describe('the inbox', () => describeInbox(theStore));
    describe('races of the inbox', () => describeInboxRaces(theStore));
    describe('sweeping', () => describeSweeping(theStore));
    describe('finding', () => describeFinding(theStore));
    describe('tags', () => describeTags(theStore, harness));
    describe('counts', () => describeCounts(theStore, harness));
    describe('signals', () => describeSignals(theStore, harness));
    describe('overrides', () => describeOverrides(theStore, harness));
    describe('the audit list', () => describeAudit(theStore, harness));
    describe('outbound campaigns', () => describeOutbound(theStore, harness));
    describe('keeping', () => describeKeeping(theStore, harness));
  });
}

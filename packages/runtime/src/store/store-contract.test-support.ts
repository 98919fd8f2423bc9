import { afterEach, beforeEach, describe } from 'vitest';
import type { StoreHarness } from './contract/call.test-support.ts';
import { describeCommit } from './contract/commit.test-support.ts';
import { describeFinding } from './contract/finding.test-support.ts';
import { describeInbox } from './contract/inbox.test-support.ts';
import { describeInboxRaces } from './contract/inbox-races.test-support.ts';
import { describeKeeping } from './contract/keeping.test-support.ts';
import { describeLifecycle } from './contract/lifecycle.test-support.ts';
import { describeRaces } from './contract/races.test-support.ts';
import { describeSweeping } from './contract/sweeping.test-support.ts';
import { describeTurns } from './contract/turns.test-support.ts';
import type { Store } from './store.ts';

/** The contract of `store.ts` as tests, for any store. */
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
    describe('keeping', () => describeKeeping(theStore, harness));
  });
}

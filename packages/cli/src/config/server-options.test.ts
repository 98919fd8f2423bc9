import { describe, expect, it } from 'vitest';
import { serverOptions } from './server-options.ts';

describe('serverOptions', () => {
  it('puts delivery and retention where sessions look for them', () => {
    const { sessions } = serverOptions({ delivery: 'action', retentionDays: 2, sessions: { budget: 3000 } }, []);
    expect(sessions).toEqual({ budget: 3000, delivery: 'action', retention: 172_800_000 });
  });

  it('makes one list of all subaccounts, that of subAccountId first', () => {
    const { subAccounts } = serverOptions({ subAccountId: 'One', apiKey: 'a', subAccounts: [{ id: 'Two', apiKey: 'b' }] }, []);
    expect(subAccounts?.map(({ id }) => id)).toEqual(['One', 'Two']);
  });
});

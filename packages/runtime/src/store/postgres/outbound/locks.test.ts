import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startPostgres, type TestPostgres } from '../../../../../../test/support/postgres.ts';
import { insert, next, NOON } from '../../contract/call.ts';
import { aClaim, aDial, anEnd, begin, dialOne, recipientsOf, somebody } from '../../contract/outbound/campaign.ts';
import type { OutboundStore } from '../../outbound/outbound-store.ts';
import type { Store } from '../../store.ts';
import { createPostgresStore } from '../postgres-store.ts';

const TABLES = ['calls', 'lanes', 'paces', 'campaigns', 'windows', 'recipients', 'attempts', 'people'];

let postgres: TestPostgres;
let admin: pg.Client;
let store: Store;
let outbound: OutboundStore;

beforeAll(async () => {
  postgres = await startPostgres();
  admin = new pg.Client(postgres.connectionString);
  await admin.connect();
});

beforeEach(async () => {
  store = createPostgresStore({ connectionString: postgres.connectionString, maxConnections: 10, statementTimeout: 20_000 });
  await store.open();
  outbound = store.outbound as OutboundStore;
});

afterEach(async () => {
  await admin.query(`TRUNCATE ${TABLES.map((name) => `hookswitch.${name}`).join(', ')} CASCADE`);
  await store.close();
});

afterAll(async () => {
  await admin.end();
  await postgres.stop();
});

/** Resolves once so many statements wait for a lock. */
async function untilWaiting(count: number): Promise<void> {
  for (let looks = 0; looks < 20_000; looks++) {
    const { rows } = await admin.query<{ n: number }>('SELECT count(*)::int AS n FROM pg_locks WHERE NOT granted');
    if ((rows[0]?.n ?? 0) >= count) return;
  }
  throw new Error(`nothing waits where ${count} should`);
}

/** Somebody else holds a row while `work` is begun. */
async function holding(row: string, values: readonly unknown[], work: () => Promise<void>): Promise<void> {
  await admin.query('BEGIN');
  try {
    await admin.query(`SELECT FROM hookswitch.${row} FOR UPDATE`, [...values]);
    await work();
  } finally {
    await admin.query('COMMIT');
  }
}

describe('slots', () => {
  it('are never more than there are, however many connections claim and end at once', async () => {
    await admin.query(`CREATE TABLE IF NOT EXISTS breaches (open int);
      CREATE OR REPLACE FUNCTION watch() RETURNS trigger LANGUAGE plpgsql AS $$ DECLARE n int;
        BEGIN SELECT count(*) INTO n FROM hookswitch.attempts WHERE ended_at IS NULL; IF n > 5 THEN INSERT INTO breaches VALUES (n); END IF; RETURN NULL; END $$;
      CREATE TRIGGER watch AFTER INSERT ON hookswitch.attempts FOR EACH STATEMENT EXECUTE FUNCTION watch()`);
    await begin(
      outbound,
      Array.from({ length: 1_500 }, (_, index) => `n${index}`),
      {},
      5,
    );
    let claimed = 0;
    const ending: Promise<unknown>[] = [];
    const work = async (worker: string): Promise<void> => {
      while (claimed < 1_500) {
        const some = await outbound.claim(aClaim({ worker, most: 2 }), NOON);
        claimed += some.length;
        for (const { attempt } of some) ending.push(outbound.end(anEnd(attempt), NOON));
      }
    };
    await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map(work));
    await Promise.all(ending);
    const { rows } = await admin.query<{ n: number }>('SELECT count(*)::int AS n FROM breaches');
    await admin.query('DROP TRIGGER watch ON hookswitch.attempts');
    expect({ claimed, breaches: rows[0]?.n }).toEqual({ claimed: 1_500, breaches: 0 });
  });

  it('are claimed by others at once while a lane is held: they get none', async () => {
    await begin(outbound, ['ann']);
    await holding("lanes WHERE id = 'lane'", [], async () => {
      expect(await outbound.claim(aClaim(), NOON)).toEqual([]);
    });
    expect(await outbound.claim(aClaim(), NOON)).toHaveLength(1);
  });

  it('of recipients that somebody holds are left for another claim', async () => {
    await begin(outbound, ['ann', 'bob']);
    await holding("recipients WHERE key = 'ann'", [], async () => {
      expect((await outbound.claim(aClaim(), NOON)).map(({ recipient }) => recipient.key)).toEqual(['bob']);
    });
  });
});

describe('ends that meet', () => {
  it('let late news count, though they come at the very moment at which the attempt is given up', async () => {
    await begin(outbound, ['ann']);
    const attempt = await dialOne(outbound);
    const call = await insert(store);
    let ends: Promise<unknown>[] = [];
    await holding('attempts WHERE id = $1', [attempt], async () => {
      ends = [outbound.end(anEnd(attempt, { outcome: 'lost', next: { in: 1 }, givenUp: true }), NOON)];
      await untilWaiting(1);
      ends.push(store.commit({ call: next(call), outbound: { end: anEnd(attempt) } }));
      await untilWaiting(2);
    });
    await Promise.all(ends);
    expect((await recipientsOf(outbound))['ann']).toMatchObject({ state: 'ended', outcome: 'answered' });
    const { rows } = await admin.query('SELECT outcome, given_up, corrected FROM hookswitch.attempts');
    expect(rows).toEqual([{ outcome: 'answered', given_up: false, corrected: true }]);
  });

  it('free a person who is being dialled at that moment', async () => {
    await begin(outbound, [somebody('ann')]);
    await begin(outbound, [somebody('ann')], { id: 'autumn' });
    const [[first], [second]] = [await outbound.claim(aClaim(), NOON), await outbound.claim(aClaim({ campaign: 'autumn' }), NOON)];
    await outbound.suppress([{ person: 'ann', scope: 'nothing of ours' }], NOON);
    let both: Promise<unknown>[] = [];
    await holding("people WHERE person = 'ann'", [], async () => {
      both = [outbound.dial(aDial(first?.attempt ?? ''), NOON)];
      await untilWaiting(1);
      both.push(outbound.end(anEnd(first?.attempt ?? ''), NOON));
      await untilWaiting(2);
    });
    expect(await Promise.all(both)).toEqual([expect.objectContaining({ verdict: 'granted' }), 'ended']);
    expect(await outbound.dial(aDial(second?.attempt ?? ''), NOON)).toMatchObject({ verdict: 'granted' });
  });
});

describe('the last look', () => {
  it('is waited for by a pause, and comes to nothing after it', async () => {
    await begin(outbound, ['ann', 'bob']);
    const claimed = await outbound.claim(aClaim(), NOON);
    await outbound.suppress([{ person: 'ann', scope: 'nothing of ours' }], NOON);
    const attempts = claimed.map(({ attempt }) => attempt);
    const asked: Promise<unknown>[] = [];
    const order: string[] = [];
    await holding("people WHERE person = 'ann'", [], async () => {
      asked.push(outbound.dial(aDial(attempts[0] ?? ''), NOON).finally(() => order.push('dialled')));
      await untilWaiting(1);
      asked.push(outbound.changeCampaign('spring', { status: 'paused' }).finally(() => order.push('paused')));
      await untilWaiting(2);
      asked.push(outbound.dial(aDial(attempts[1] ?? ''), NOON));
      await untilWaiting(3);
      expect(order).toEqual([]);
    });
    expect(await Promise.all(asked)).toEqual([expect.objectContaining({ verdict: 'granted' }), true, { verdict: 'paused' }]);
    expect(order[0]).toBe('dialled');
  });

  it('sees a suppression that it had to wait for', async () => {
    await begin(outbound, ['ann']);
    const [{ attempt = '' } = {}] = await outbound.claim(aClaim(), NOON);
    await outbound.suppress([{ person: 'ann', scope: 'nothing of ours' }], NOON);
    let both: Promise<unknown>[] = [];
    await holding("people WHERE person = 'ann'", [], async () => {
      both = [outbound.suppress([{ person: 'ann', scope: '*' }], NOON)];
      await untilWaiting(1);
      both.push(outbound.dial(aDial(attempt), NOON));
      await untilWaiting(2);
    });
    expect(await Promise.all(both)).toEqual([[attempt], { verdict: 'suppressed' }]);
  });

  it('sees a window that was closed while it waited', async () => {
    await begin(outbound, ['ann']);
    const [{ attempt = '' } = {}] = await outbound.claim(aClaim(), NOON);
    await outbound.suppress([{ person: 'ann', scope: 'nothing of ours' }], NOON);
    let dial: Promise<unknown> = Promise.resolve();
    await holding("people WHERE person = 'ann'", [], async () => {
      dial = outbound.dial(aDial(attempt), NOON);
      await untilWaiting(1);
      await outbound.setWindow('spring', 'UTC', { opensAt: 0, closesAt: NOON });
    });
    expect(await dial).toEqual({ verdict: 'window' });
  });
});

describe('under stricter isolation', () => {
  it.each(['repeatable read', 'serializable'])('%s: nobody is dialled whom a pause has overtaken', async (isolation) => {
    await begin(outbound, ['ann']);
    const [{ attempt = '' } = {}] = await outbound.claim(aClaim(), NOON);
    const other = new pg.Client(postgres.connectionString);
    await other.connect();
    await other.query(`BEGIN ISOLATION LEVEL ${isolation.toUpperCase()}`);
    await other.query('SELECT FROM hookswitch.calls');
    await outbound.changeCampaign('spring', { status: 'paused' });
    const text = "SELECT verdict FROM hookswitch.outbound_dial($1, 'worker', 1, 0, 1000, 1000, '{}', '{}', 20, 1, $2)";
    await expect(other.query(text, [attempt, NOON])).rejects.toMatchObject({ code: '40001' });
    await other.query('ROLLBACK');
    await other.end();
    expect(await outbound.dial(aDial(attempt), NOON)).toEqual({ verdict: 'paused' });
  });
});

import { intervalOf } from '../../outbound/check-outbound.ts';
import { CAMPAIGN_COLUMNS, campaignValues, newRecipientValues } from '../../outbound/outbound-rows.ts';
import type { CallingTime, Campaign, CampaignChange, CampaignStatus, Lane, NewRecipient } from '../../outbound/outbound-store.ts';
import { toStored, toStoredOrNull } from '../../stored-text.ts';
import { Parameters, type Statement } from '../parameters.ts';
import { moment } from './moment.ts';

/** Lanes, campaigns, windows and recipients in Postgres, as operators and imports change them: a statement each. */
export function campaignQueries(table: (name: string) => string) {
  const campaigns = `SELECT ${CAMPAIGN_COLUMNS.join(', ')} FROM ${table('campaigns')}`;
  return {
    putLane: ({ id, slots, perSecond }: Lane): Statement => ({
      text: `WITH lane AS (INSERT INTO ${table('lanes')} (id, slots, per_second) VALUES ($1, $2, $3)
          ON CONFLICT (id) DO UPDATE SET slots = excluded.slots, per_second = excluded.per_second)
        INSERT INTO ${table('paces')} (id, step_us, next_us) VALUES ('lane/' || $1::text, $4, 0) ON CONFLICT (id) DO UPDATE SET step_us = excluded.step_us`,
      values: [toStored(id), slots, perSecond, intervalOf(perSecond)],
    }),
    lanes: (): Statement => ({
      text: `SELECT id, slots, per_second, (SELECT count(*) FROM ${table('attempts')} AS a WHERE a.lane = lanes.id AND a.ended_at IS NULL) AS open
        FROM ${table('lanes')} AS lanes ORDER BY id`,
      values: [],
    }),
    addCampaign: (campaign: Campaign): Statement => ({
      text: `WITH lane AS (SELECT id FROM ${table('lanes')} WHERE id = $2 FOR KEY SHARE),
        added AS (INSERT INTO ${table('campaigns')} (${CAMPAIGN_COLUMNS.join(', ')})
          SELECT ${CAMPAIGN_COLUMNS.map((_, index) => `$${index + 1}${TYPES[index] ?? ''}`).join(', ')} FROM lane ON CONFLICT (id) DO NOTHING RETURNING id),
        pace AS (INSERT INTO ${table('paces')} (id, step_us, next_us) SELECT 'campaign/' || id, $${CAMPAIGN_COLUMNS.length + 1}::bigint, 0 FROM added
          ON CONFLICT (id) DO UPDATE SET step_us = excluded.step_us)
        SELECT (SELECT count(*) FROM lane) AS lanes, (SELECT count(*) FROM added) AS added`,
      values: [...campaignValues(campaign), intervalOf(campaign.perSecond)],
    }),
    campaign: (id: string): Statement => ({ text: `${campaigns} WHERE id = $1`, values: [toStored(id)] }),
    campaigns: (): Statement => ({ text: `${campaigns} ORDER BY number DESC`, values: [] }),
    changeCampaign: (id: string, change: CampaignChange, from?: readonly CampaignStatus[]): Statement => {
      const { status, slots, perSecond, topic, startsAt, endsAt, data, reason } = change;
      const text = (value: string | undefined): string | null => (value === undefined ? null : toStored(value));
      return {
        text: `SELECT ${table('outbound_change')}($1, $2::text[], $3, $4::boolean, $5, $6::integer, $7::double precision, $8, $9::bigint, $10::bigint, $11, $12::bigint)::integer AS changed`,
        values: [
          ...[
            toStored(id),
            from ?? null,
            status ?? null,
            reason === undefined ? 'false' : 'true',
            toStoredOrNull(reason ?? null),
            slots ?? null,
          ],
          ...[
            perSecond ?? null,
            text(topic),
            startsAt ?? null,
            endsAt ?? null,
            text(data),
            perSecond === undefined ? null : intervalOf(perSecond),
          ],
        ],
      };
    },
    /** Imports of one campaign wait for each other: two that add the same keys in different orders would wait crosswise. */
    addRecipients: (campaign: string, rows: readonly NewRecipient[]): Statement => {
      const parameters = new Parameters();
      const id = parameters.add(toStored(campaign));
      const values = rows.map(newRecipientValues);
      const column = <K extends 0 | 1 | 2 | 3 | 4 | 5>(index: K) => values.map((row) => row[index]);
      const given = parameters.table('given', [
        ...(['key', 'person', 'phone', 'zone'] as const).map((name, index) => [name, 'text', column(index as 0)] as const),
        ['due_at', 'bigint', column(4)],
        ['params', 'text', column(5)],
      ]);
      const text = `WITH known AS MATERIALIZED (SELECT c.id FROM ${table('campaigns')} AS c, (SELECT pg_advisory_xact_lock(hashtextextended(${id}::text, 3))) AS held WHERE c.id = ${id}),
        given AS MATERIALIZED (SELECT given.* FROM known, ${given}),
        windows AS (INSERT INTO ${table('windows')} (campaign, zone, opens_at, closes_at) SELECT DISTINCT ${id}, given.zone, 0, 0 FROM given ON CONFLICT DO NOTHING),
        added AS (INSERT INTO ${table('recipients')} (campaign, key, person, phone, zone, due_at, params, state, rank, attempts, dials)
          SELECT ${id}, key, person, phone, zone, due_at, params, 'waiting', 1, 0, 0 FROM given ORDER BY place ON CONFLICT (campaign, key) DO NOTHING RETURNING number)
        SELECT count(*) AS added FROM added`;
      return { text, values: parameters.values };
    },
    staleWindows: (now: number | null, limit: number): Statement => ({
      text: `SELECT stale.campaign, stale.zone FROM ${table('campaigns')} AS c, LATERAL (
          SELECT w.campaign, w.zone FROM ${table('windows')} AS w WHERE w.campaign = c.id AND w.closes_at <= ${moment('$1')} OFFSET 0) AS stale
        WHERE c.status = 'running' LIMIT $2`,
      values: [now, limit],
    }),
    setWindow: (campaign: string, zone: string, window: CallingTime | null): Statement => ({
      text: `UPDATE ${table('windows')} SET opens_at = $3, closes_at = $4 WHERE campaign = $1 AND zone = $2`,
      values: [toStored(campaign), toStored(zone), window?.opensAt ?? null, window?.closesAt ?? null],
    }),
  };
}

/** Casts of a campaign's columns where they are selected: Postgres would take each for a text. */
const TYPES: readonly string[] = CAMPAIGN_COLUMNS.map((name) =>
  name === 'slots' ? '::integer' : name === 'per_second' ? '::double precision' : name.endsWith('_at') ? '::bigint' : '::text',
);

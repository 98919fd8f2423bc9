import fc from 'fast-check';
import { EXAMPLES } from './examples.ts';
import { mutatedWebhook } from './mutated-webhook.ts';
import { type StormReport, WebhookStorm } from './webhook-storm.ts';

const MAX_IN_A_CALL = 40;

/** How much is sent; equal seeds send the same. */
export interface FuzzOptions {
  readonly seed: number;
  readonly webhooks: number;
  readonly onProgress?: (webhooks: number) => void;
}

/** Sends at least `webhooks` webhooks, most of them mutated, to a server of all examples. Throws with the shortest series that got an answer which none may get. */
export async function fuzzWebhooks({ seed, webhooks, onProgress }: FuzzOptions): Promise<StormReport> {
  const storm = await WebhookStorm.over(EXAMPLES);
  const series = fc.array(mutatedWebhook, { maxLength: MAX_IN_A_CALL, size: 'max' });
  let calls = 0;
  const property = fc.asyncProperty(series, (deliveries) => storm.blow(`call-${calls++}`, deliveries));
  try {
    for (let round = 0; storm.report.webhooks < webhooks; round++) {
      await fc.assert(property, { seed: seed + round, numRuns: 50 });
      if (round % 20 === 19) onProgress?.(storm.report.webhooks);
    }
    return storm.report;
  } finally {
    await storm.close();
  }
}

import { HookswitchError } from './hookswitch-error.ts';

/** A flow went past one of its limits: it speaks or loops without ever waiting for the caller, or the call has become too long. */
export class FlowRunawayError extends HookswitchError {
  override readonly name = 'FlowRunawayError';
  readonly code = 'HS_FLOW_RUNAWAY';

  readonly flow: string;
  /** The limit that was reached: `effectsPerBatch`, `turns` or `journalEntries`. */
  readonly limit: 'effectsPerBatch' | 'turns' | 'journalEntries';
  readonly value: number;
  /** The site where the loop stands: the last one at which the flow waited. */
  readonly site: string;

  constructor(flow: string, limit: 'effectsPerBatch' | 'turns' | 'journalEntries', value: number, site: string) {
    super(
      `Flow "${flow}" went past ${limit} = ${value} after site "${site}". ` +
        'Give the loop a way out, or raise the limit with defineFlow({ limits: { ' +
        limit +
        ': … } }).',
    );
    this.flow = flow;
    this.limit = limit;
    this.value = value;
    this.site = site;
  }
}

import { HookswitchError } from './hookswitch-error.ts';

/** A machine was sent an event that it does not know, or that can't happen where it stands. */
export class EventError extends HookswitchError {
  override readonly name = 'EventError';
  readonly code: 'HS_EVENT_UNKNOWN' | 'HS_EVENT_IMPOSSIBLE';
  /** Type of the event. */
  readonly event: string;
  /** Where the machine stands. */
  readonly site: string;

  constructor(code: 'HS_EVENT_UNKNOWN' | 'HS_EVENT_IMPOSSIBLE', event: string, site: string, message: string) {
    super(message);
    this.code = code;
    this.event = event;
    this.site = site;
  }
}

import { HookswitchError } from '@hookswitch/dsl';

/** What of a request is wrong: a field of its body, a parameter of its query, its path, or the subaccount that it names. */
export type RequestPart = 'field' | 'query' | 'path' | 'subaccount';

/** A request to the server's API, or to `placeCall`, can't be understood. Nothing was done. */
export class RequestError extends HookswitchError {
  override readonly name = 'RequestError';
  readonly code = 'HS_REQUEST';
  readonly part: RequestPart;

  constructor(part: RequestPart, message: string) {
    super(message);
    this.part = part;
  }
}

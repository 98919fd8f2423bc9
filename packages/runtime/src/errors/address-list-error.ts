import { HookswitchError } from '@hookswitch/dsl';

export type AddressListErrorCode = 'HS_ADDRESS_LIST_ENTRY' | 'HS_ADDRESS_LIST_PROXY';

/** The list of addresses that webhooks may come from can't work. Thrown at start. */
export class AddressListError extends HookswitchError {
  override readonly name = 'AddressListError';
  /** `HS_ADDRESS_LIST_ENTRY`: an entry is no address; `HS_ADDRESS_LIST_PROXY`: the sender's address can't be known. */
  readonly code: AddressListErrorCode;

  constructor(code: AddressListErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

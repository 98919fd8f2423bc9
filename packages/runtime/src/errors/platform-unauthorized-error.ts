import { HookswitchError } from '@hookswitch/dsl';

/** The platform does not accept the API key (HTTP 401), or not for this subaccount (HTTP 403). Nothing was done. */
export class PlatformUnauthorizedError extends HookswitchError {
  override readonly name = 'PlatformUnauthorizedError';
  readonly code = 'HS_PLATFORM_UNAUTHORIZED';

  /** Method and endpoint, e.g. `GET webhooks`. */
  readonly operation: string;
  readonly httpStatus: 401 | 403;
  readonly subAccountId: string;

  constructor(operation: string, httpStatus: 401 | 403, subAccountId: string) {
    super(
      httpStatus === 401
        ? `8x8 does not know the API key (${operation}, HTTP 401). Create a key in 8x8 Connect and give it as apiKey; a revoked or mistyped key ends here.`
        : `8x8 knows the API key but refuses it for subaccount "${subAccountId}" (${operation}, HTTP 403). ` +
            'Check subAccountId, and that Voice is switched on for it.',
    );
    this.operation = operation;
    this.httpStatus = httpStatus;
    this.subAccountId = subAccountId;
  }
}

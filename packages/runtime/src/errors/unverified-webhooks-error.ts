import { HookswitchError } from '@hookswitch/dsl';

/** Who could reach a server that takes webhooks from anybody. */
export type Exposure =
  /** Nothing is said of it. */
  | 'unknown'
  /** The server listens on an address that others reach. */
  | 'host'
  /** Something in front of the server lets others through. */
  | 'proxy';

const BECAUSE: Readonly<Record<Exposure, string>> = {
  unknown: '',
  host: ', and the server listens beyond this machine',
  proxy: ', and a publicUrl or trustProxy says that others come in through a proxy',
};

/** A server would accept webhooks from anybody. Thrown when it is built. */
export class UnverifiedWebhooksError extends HookswitchError {
  override readonly name = 'UnverifiedWebhooksError';
  readonly code = 'HS_WEBHOOK_SECRET_MISSING';
  readonly exposure: Exposure;

  constructor(exposure: Exposure = 'unknown') {
    super(
      `No webhook secret is set${BECAUSE[exposure]}: anybody could play the platform. Set HOOKSWITCH_WEBHOOK_SECRET (webhookSecrets) to the httpAuthHeader that the ` +
        'webhooks were created with at 8x8, or try things out with allowUnverified on loopback (--host 127.0.0.1) and without a proxy.',
    );
    this.exposure = exposure;
  }
}

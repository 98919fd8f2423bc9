import { isHookswitchError } from '@hookswitch/dsl';
import { messageOf } from '../errors/message-of.ts';
import { PlatformRejectedError } from '../errors/platform-rejected-error.ts';
import type { CallsContext } from '../calls/context.ts';
import type { PlatformClient } from '../platform/index.ts';

/** Posts placed calls by the client of their subaccount. The request is named by the call's own id, which 8x8 gives back in the summary. */
export function createPost(clients: ReadonlyMap<string, Pick<PlatformClient, 'createCallflow'>>): CallsContext['post'] {
  return async ({ call: { id, subAccountId }, actions, placing: { validUntil } }) => {
    const client = clients.get(subAccountId);
    if (client === undefined)
      return { is: 'refused', code: 'no-subaccount', message: `subaccount "${subAccountId}" is not configured here`, statusCode: null };
    try {
      const created = await client.createCallflow({
        callflow: actions,
        clientRequestId: id,
        ...(validUntil === null ? {} : { validUntil }),
      });
      return { is: 'created', sessionId: created.sessionId };
    } catch (error) {
      const code = isHookswitchError(error) ? error.code : 'internal';
      const message = messageOf(error);
      if (code === 'HS_PLATFORM_OUTCOME_UNKNOWN') return { is: 'unknown', code, message };
      return { is: 'refused', code, message, statusCode: error instanceof PlatformRejectedError ? error.statusCode : null };
    }
  };
}

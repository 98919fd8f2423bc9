import { checkParams, type CompiledFlow } from '@hookswitch/dsl';
import { CallParamsError } from '../errors/call-params-error.ts';
import type { CallsContext } from './context.ts';
import type { PlaceRequested } from './input.ts';

/** A call to be placed. */
export interface PlaceCall {
  readonly subAccountId: string;
  readonly compiled: CompiledFlow;
  /** E.164; a virtual number of the subaccount. */
  readonly from: string;
  /** E.164. */
  readonly to: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly language?: string | null;
  /** Names the request: a second one with the same id gives back the first call. 1..200 characters. */
  readonly clientRequestId?: string | null;
  /** ISO 8601: until when 8x8 may start the call. */
  readonly validUntil?: string | null;
  /** Records the session; only where recording is set up at 8x8, whose API schema does not name it (U15). @default not sent */
  readonly callRecording?: boolean | null;
}

/** The request as an input, its params checked. Throws `CallParamsError`. */
export async function placeRequest(
  { clock, mintId }: Pick<CallsContext, 'clock' | 'mintId'>,
  { compiled, subAccountId, from, to, language = null, clientRequestId = null, ...rest }: PlaceCall,
): Promise<PlaceRequested> {
  const { name, options } = compiled.flow;
  const checked = await checkParams(options.params, rest.params ?? {});
  if (!('params' in checked)) throw new CallParamsError(name, checked.issues);
  return {
    kind: 'place',
    at: clock.now(),
    id: mintId({ sessionId: null, to }),
    subAccountId,
    flow: name,
    version: options.version,
    from,
    to,
    params: checked.params,
    language,
    clientRequestId,
    placing: { validUntil: rest.validUntil ?? null, callRecording: rest.callRecording ?? null },
  };
}

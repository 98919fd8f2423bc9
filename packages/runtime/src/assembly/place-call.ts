import { type Static, Type } from 'typebox';
import { RequestError } from '../errors/request-error.ts';
import { UnknownFlowError } from '../errors/unknown-flow-error.ts';
import type { PlatformClient } from '../platform/index.ts';
import type { Routes } from '../routing/flow-router.ts';
import type { Calls } from '../calls/calls.ts';
import type { CallsContext } from '../calls/context.ts';
import { placeRequest } from '../calls/place-request.ts';
import type { CallRecord, Store } from '../store/store.ts';
import { checkerOf } from './check-request.ts';

/** A telephone number as people and programs give it. */
export const E164 = { pattern: '^\\+?[1-9][0-9]{6,14}$', 'x-form': 'a telephone number in E.164 form, such as +6531589338' } as const;

/** What `POST /calls` takes. */
export const CallRequestSchema = Type.Object(
  {
    flow: Type.String({
      minLength: 1,
      maxLength: 200,
      description: 'Name of the flow; of several versions the one that sorts last is taken.',
    }),
    to: Type.String({ ...E164, description: 'Who is called, E.164.' }),
    from: Type.String({ ...E164, description: 'The virtual number of the subaccount that calls, E.164.' }),
    subAccountId: Type.Optional(Type.String({ maxLength: 50, description: 'Only needed where several are configured.' })),
    params: Type.Optional(
      Type.Record(Type.String(), Type.Unknown(), {
        description: "The call's params, as defineFlow({ params }) of the flow declares them.",
      }),
    ),
    language: Type.Optional(
      Type.String({ minLength: 1, maxLength: 100, description: "The language in which the call begins; else the flow's own." }),
    ),
    clientRequestId: Type.Optional(
      Type.String({ minLength: 1, maxLength: 200, description: 'A second request with the same id gives back the first call.' }),
    ),
    validUntil: Type.Optional(Type.String({ format: 'date-time', description: 'Until when 8x8 may start the call.' })),
    callRecording: Type.Optional(Type.Boolean({ description: 'Records the session; only where recording is set up at 8x8.' })),
  },
  { additionalProperties: false },
);

/** A call to be placed, as `placeCall` and `POST /calls` take it. */
export type CallRequest = Readonly<Static<typeof CallRequestSchema>>;

/** A call that was placed, or given back. */
export interface PlacedCall {
  /** `status` tells what came of it: `live`, `failed`, or `unknown` until a webhook tells. */
  readonly call: CallRecord;
  /** An earlier request had the same `clientRequestId`: this is its call, and nobody was called now. */
  readonly repeated: boolean;
}

/** What a call is placed with. */
export interface PlacingContext extends Pick<CallsContext, 'clock' | 'mintId'> {
  readonly routes: Routes;
  readonly calls: Calls;
  readonly store: Store;
  readonly clients: ReadonlyMap<string, PlatformClient>;
}

const check = checkerOf(CallRequestSchema);

/**
 * Places a call with the newest version of its flow.
 *
 * @throws RequestError where a field is unknown, missing or not of its form, or the subaccount is not configured.
 * @throws UnknownFlowError where no flow has the name.
 * @throws CallParamsError where the params don't fit the flow's schema.
 */
export async function placeCall(
  { routes, calls, store, clients, clock, mintId }: PlacingContext,
  request: CallRequest,
): Promise<PlacedCall> {
  const checked = check(request);
  if ('error' in checked) throw checked.error;
  const { flow, to, from, params = {}, language = null, clientRequestId = null, validUntil = null, callRecording = null } = request;
  const { subAccountId } = clientOf(clients, request.subAccountId);
  const compiled = routes.flows.findLast((known) => known.flow.name === flow);
  const unknown = (): UnknownFlowError => new UnknownFlowError(flow, [...new Set(routes.flows.map((known) => known.flow.name))]);
  if (compiled === undefined) throw unknown();
  const known = clientRequestId === null ? null : await store.findByClientRequestId(subAccountId, clientRequestId);
  if (known !== null) return { call: known, repeated: true };
  const given = { subAccountId, compiled, from, to, params, language, clientRequestId, validUntil, callRecording };
  const call = await calls.place(await placeRequest({ clock, mintId }, given));
  if (call === null) throw unknown();
  return { call, repeated: false };
}

function clientOf(clients: PlacingContext['clients'], wanted: string | undefined): PlatformClient {
  const [only, ...others] = clients.values();
  const client = wanted === undefined ? (others.length === 0 ? only : undefined) : clients.get(wanted);
  if (client !== undefined) return client;
  const ids = [...clients.keys()];
  throw new RequestError(
    'subaccount',
    ids.length === 0
      ? 'No subaccount is configured to place calls with: set HOOKSWITCH_SUBACCOUNT_ID and HOOKSWITCH_API_KEY (subAccounts).'
      : `Name one of the configured subaccounts in subAccountId: ${ids.join(', ')}.`,
  );
}

import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { PhoneView } from '@hookswitch/console/inside';
import { type AnySettingValues, didYouMean, type SettingDeclarations, settingValue } from '@hookswitch/dsl';
import { E164, readTime, sendProblem } from '@hookswitch/runtime/inside';
import type { FastifyError } from 'fastify';
import { Type } from 'typebox';
import { PhoneError } from '../errors/phone-error.ts';
import type { NextCall } from './messages.ts';
import type { PhoneDesk, PlaceCall } from './phone-desk.ts';

/** Options of the phone's routes. */
export interface PhoneRoutesOptions {
  /** Made as soon as the server knows its own address. */
  readonly desk: () => PhoneDesk;
  /** The numbers under which flows are called, and callers that they have as examples. */
  readonly numbers: () => Omit<PhoneView, 'calls'>;
  /** Lets `flow` answer calls to `to`. Throws `PhoneError` where it is not served. */
  readonly route: (to: string, flow: string) => Promise<void>;
  /** What operators can set of a flow. */
  readonly settings: (flow: string) => SettingDeclarations;
  /** The next call to `to` is told this. */
  readonly next: (to: string, told: NextCall) => Promise<void>;
  readonly place: PlaceCall;
}

const Order = Type.Object(
  {
    flow: Type.String({ minLength: 1 }),
    from: Type.Union([Type.String(E164), Type.Null()]),
    to: Type.String(E164),
    direction: Type.Enum(['inbound', 'outbound']),
    speed: Type.Optional(Type.Number({ minimum: 1, maximum: 100 })),
    params: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    language: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
    at: Type.Optional(Type.String({ format: 'date-time' })),
    settings: Type.Optional(Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()]))),
  },
  { additionalProperties: false },
);
const Id = Type.Object({ id: Type.String() });
const Keys = Type.Object(
  { keys: Type.String({ pattern: '^[0-9*#]{1,64}$', 'x-form': 'keys of a telephone: 0 to 9, * and #' }) },
  { additionalProperties: false },
);
const Party = Type.Object({ does: Type.Enum(['answers', 'busy', 'no-answer', 'declines', 'hangs-up']) }, { additionalProperties: false });
/** Time for an audio file of the flow's to arrive, ms. */
const AUDIO_TIMEOUT = 10_000;

/** The phone of the page. */
export const phoneRoutes: FastifyPluginAsyncTypebox<PhoneRoutesOptions> = async (app, { desk, numbers, route, settings, next, place }) => {
  app.setErrorHandler<FastifyError>((error, request, reply) =>
    error instanceof PhoneError ? reply.code(409).send({ error: error.code, message: error.message }) : sendProblem(error, request, reply),
  );

  app.get('/', (): PhoneView => ({ ...numbers(), calls: desk().calls }));

  app.post('/calls', { schema: { body: Order } }, async (request) => {
    const { flow, to, from, direction, at } = request.body;
    const instant = at === undefined ? null : readTime(at);
    if (at !== undefined && instant === null) throw new PhoneError('There is no such time. Write it as 2026-03-05T09:30:00Z.');
    if (direction === 'inbound') await route(to, flow);
    else if (from === null) throw new PhoneError('A call that the flow makes comes from a number of yours; give one.');
    const values = checkedSettings(settings(flow), request.body.settings ?? {});
    await next(to, { at: instant, settings: values === null ? null : { key: randomBytes(4).toString('hex'), values } });
    return desk().call(request.body, place);
  });
  app.post('/calls/:id/press', { schema: { params: Id, body: Keys } }, (request) => {
    desk().press(request.params.id, request.body.keys);
    return {};
  });
  app.post('/calls/:id/hang-up', { schema: { params: Id } }, (request) => {
    desk().hangUp(request.params.id);
    return {};
  });
  app.post('/calls/:id/party', { schema: { params: Id, body: Party } }, (request) => {
    desk().party(request.params.id, request.body.does);
    return {};
  });

  // The page itself loads from this server alone, so the flows' files come through it.
  app.get(
    '/calls/:id/audio/:number',
    { schema: { params: Type.Object({ id: Type.String(), number: Type.Integer() }) } },
    async (request, reply) => {
      const address = desk().audio(request.params.id, request.params.number);
      if (address === null) return reply.code(404).send({ error: 'audio', message: 'No such file was played in this call.' });
      const answer = await fetch(address, { signal: AbortSignal.timeout(AUDIO_TIMEOUT) }).catch(() => null);
      const type = answer?.headers.get('content-type') ?? '';
      if (answer?.ok !== true || answer.body === null)
        return reply.code(502).send({ error: 'audio', message: 'The audio file could not be loaded. Is its address right?' });
      return reply
        .type(/^audio\//.test(type) ? type : 'audio/mpeg')
        .send(Readable.fromWeb(answer.body as Parameters<typeof Readable.fromWeb>[0]));
    },
  );
};

/** Settings as they are kept; null for none. Throws `PhoneError` for those that the flow has not, or that can't have such a value. */
function checkedSettings(declared: SettingDeclarations, given: AnySettingValues): AnySettingValues | null {
  const names = Object.keys(given);
  if (names.length === 0) return null;
  const kept = names.map((name) => {
    const declaration = Object.hasOwn(declared, name) ? declared[name] : undefined;
    if (declaration === undefined) {
      const known = Object.keys(declared);
      throw new PhoneError(
        `The flow has no setting "${name}". ${didYouMean(name, known)}${known.length === 0 ? 'It has none.' : `It has: ${known.join(', ')}.`}`,
      );
    }
    const checked = settingValue(declaration, given[name]);
    if (checked.problem !== null) {
      const { says, came, fix } = checked.problem;
      throw new PhoneError(`${declaration.label ?? name} ${says}; what came is ${came}. ${fix}`);
    }
    return [name, checked.value] as const;
  });
  return Object.fromEntries(kept);
}

import fc from 'fast-check';
import { mutatedSample } from '../../packages/runtime/src/payloads/samples.test-support.ts';

/** A request to the webhook routes. */
export interface Delivery {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
  /** Whether it carries the shared secret. */
  readonly knowsSecret: boolean;
}

/** What places a mutated sample into a call in progress, or somewhere beside it. */
interface Aim {
  readonly session: number | null;
  readonly subAccountId: unknown;
  readonly clientActionId: unknown;
  readonly dtmf: unknown;
  readonly to: string | null;
  readonly callStatus: string | null;
  readonly seconds: number | null;
}

/** When the published samples were written, and so when the server of these tests lives. */
export const SAMPLE_TIME = Date.UTC(2019, 9, 16, 8, 12, 2);
export const SUBACCOUNT = '8x8_test';
export const NUMBERS = ['+6568332000', '+6568332001', '+6568332002', '+6568332003', '+6568332004', '+6568332005', '+6568332006'] as const;

const strange = fc.oneof(fc.anything({ maxDepth: 2 }), fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }));
const aim: fc.Arbitrary<Aim> = fc.record({
  session: fc.option(fc.nat(2), { freq: 8 }),
  subAccountId: fc.oneof(
    { weight: 12, arbitrary: fc.constant(SUBACCOUNT) },
    { weight: 1, arbitrary: fc.constantFrom('another_account', '../../etc', '', null, 17) },
  ),
  clientActionId: fc.oneof(
    { weight: 6, arbitrary: fc.nat(4).map((turn) => `main.${turn}`) },
    { weight: 2, arbitrary: fc.constant(undefined) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        'retry.1.1',
        'retry.0.99',
        'retry.-1.0',
        'main.99999999999999999999',
        'main.-1',
        'main.1e2',
        '__proto__.0',
        '.',
        'no turn',
        null,
        3,
      ),
    },
    { weight: 1, arbitrary: strange },
  ),
  dtmf: fc.oneof(
    { weight: 4, arbitrary: fc.stringMatching(/^[0-9*#]{0,8}$/) },
    {
      weight: 2,
      arbitrary: fc.constantFrom(
        null,
        undefined,
        '',
        '#',
        '##',
        '1'.repeat(26),
        '9'.repeat(100_000),
        'ABCD',
        '١٢٣',
        '１２',
        '1\u00002',
        -1,
        1e21,
        0.5,
        true,
        [1, 2],
        { digits: '1' },
      ),
    },
    { weight: 1, arbitrary: strange },
  ),
  to: fc.option(fc.constantFrom(...NUMBERS), { freq: 8 }),
  callStatus: fc.oneof(
    { weight: 6, arbitrary: fc.constant('ACTION_COMPLETED') },
    { weight: 1, arbitrary: fc.constantFrom('CALL_RECEIVED', 'CALL_DISCONNECTED', '', null) },
  ),
  seconds: fc.option(fc.oneof(fc.integer({ min: -60, max: 60 }), fc.constantFrom(-1e9, 1e9, -4e10, 8e15)), { freq: 4 }),
});

/** Puts the aim into the body's payload, whatever has become of the body. */
function aimed(body: unknown, { session, subAccountId, clientActionId, dtmf, to, callStatus, seconds }: Aim, call: string): unknown {
  if (session === null || typeof body !== 'object' || body === null) return body;
  const payload = (body as { payload?: unknown }).payload;
  const at = seconds === null ? {} : { timestamp: timestampOf(SAMPLE_TIME + seconds * 1_000) };
  const known = typeof payload === 'object' && payload !== null && !Array.isArray(payload) ? payload : {};
  const placed = { sessionId: `${call}-${session}`, subAccountId, clientActionId, callStatus, eventData: { dtmf }, ...at };
  return { ...body, payload: { ...known, ...placed, ...(to === null ? {} : { destination: to }) } };
}

function timestampOf(at: number): unknown {
  return Math.abs(at) <= 8.64e15 ? new Date(at).toISOString() : at;
}

/** What a broken line, a proxy or an attacker makes of a text. */
const damage: fc.Arbitrary<(text: string) => string | Buffer> = fc.oneof(
  { weight: 12, arbitrary: fc.constant((text: string) => text) },
  { weight: 2, arbitrary: fc.nat(2_000).map((length) => (text: string) => text.slice(0, length)) },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.nat(500), fc.string({ unit: 'binary', maxLength: 3 })).map(
      ([at, junk]) =>
        (text: string) =>
          text.slice(0, at) + junk + text.slice(at),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<(text: string) => string>(
      (text) => `\uFEFF${text}`,
      (text) => `[${text}]`,
      (text) => `${text}${text}`,
      (text) => JSON.stringify(text),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.nat(3_000).map((at) => (text: string) => {
      const bytes = Buffer.from(text);
      if (bytes.length > 0) bytes[at % bytes.length] = 0xff;
      return bytes;
    }),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('', 'null', '0', '"', '{', '[]', 'a=b&c=d', '<xml/>', '\u0000', '{"__proto__":{"polluted":true}}')
      .map((whole) => () => whole),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(10, 2_000, 40_000)
      .map((depth) => (text: string) => `{"payload":${'['.repeat(depth)}${text}${']'.repeat(depth)}}`),
  },
);

const contentType = fc.oneof(
  { weight: 8, arbitrary: fc.constant('application/json') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/json; charset=utf-16',
      'application/xml',
      'nonsense',
      '',
      'a/b; ;;=',
    ),
  },
);
const path = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom('/webhooks/vca', '/webhooks') },
  {
    weight: 2,
    arbitrary: fc.constantFrom('/webhooks/vss', '/webhooks/vcs', '/webhooks/vru', '/webhooks/vnu', '/webhooks/VCA', '/webhooks/vca?x=1'),
  },
  { weight: 1, arbitrary: fc.constantFrom('/webhooks/vcx', '/webhooks/__proto__', '/webhooks/constructor') },
);

/** Requests about the calls `<call>-0` to `<call>-2`: published samples after changes that a platform could make, and many that none would. */
export const mutatedWebhook: fc.Arbitrary<(call: string) => Delivery> = fc
  .record({ sample: mutatedSample, aim, damage, contentType, path, knowsSecret: fc.integer({ min: 0, max: 39 }).map((die) => die > 0) })
  .map(({ sample, aim: where, damage: break_, contentType: type, path: url, knowsSecret }) => (call) => ({
    path: url,
    headers: type === '' ? {} : { 'content-type': type },
    body: break_(JSON.stringify(aimed(sample, where, call)) ?? ''),
    knowsSecret,
  }));

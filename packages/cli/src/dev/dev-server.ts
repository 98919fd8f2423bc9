import { randomUUID } from 'node:crypto';
import {
  answerInOwnWords,
  type CallView,
  type ChartView,
  type DevStreamEvents,
  type DevView,
  EventStreams,
  flowRoutes,
  type FlowSummary,
  type FlowTests,
  type InfoView,
  PAGE_HEADERS,
  type PhoneOrder,
  servePage,
  type StreamEvents,
} from '@hookswitch/console/inside';
import { didYouMean } from '@hookswitch/dsl';
import { compressAnswers, endConnections, ListenError, ownScope, strictQuery, systemClock } from '@hookswitch/runtime/inside';
import Fastify, { type FastifyInstance } from 'fastify';
import { PhoneError } from '../errors/phone-error.ts';
import { forward } from './forward.ts';
import type { Gate } from './gate.ts';
import type { LoadedProject, NextCall } from './messages.ts';
import { ownRequestsOnly } from './own-requests.ts';
import { type PhoneDesk, SUBACCOUNT } from './phone-desk.ts';
import { phoneRoutes } from './phone-routes.ts';

/** What the server of `hookswitch dev` stands on. */
export interface DevServerOptions {
  readonly host: string;
  readonly port: number;
  readonly gate: Gate;
  /** Opens the API of the process that serves. */
  readonly apiToken: string;
  readonly status: () => DevView;
  readonly loaded: () => LoadedProject | null;
  /** Diagrams by the names of their flows, as far as these were explored. */
  readonly charts: () => ReadonlyMap<string, ChartView>;
  /** What is known of the project's tests. */
  readonly tests: FlowTests;
  readonly desk: () => PhoneDesk;
  /** Tells the process that serves which flow answers a number. */
  readonly route: (to: string, flow: string) => Promise<void>;
  /** Tells the process that serves what the next call to a number is told. */
  readonly next: (to: string, told: NextCall) => Promise<void>;
}

/** The server of `hookswitch dev`: it keeps the port and the page, whatever becomes of the flows behind it. */
export interface DevServer {
  readonly url: string;
  readonly streams: DevStreams;
  close(): Promise<void>;
}

/** News for the page. */
export interface DevStreams {
  calls(batch: StreamEvents['calls']): void;
  phone(news: DevStreamEvents['phone']): void;
  dev(view: DevView): void;
}

const FIRST_NUMBER = 6_560_000_000;

/** Numbers under which flows are called: their own, else one of a row. */
export function numbersOf(loaded: LoadedProject | null): Record<string, string> {
  const flows = loaded?.flows ?? [];
  return Object.fromEntries(flows.map(({ name, number }, index) => [name, number ?? `+${FIRST_NUMBER + index + 1}`]));
}

/** Starts the server. Throws `ListenError` where the port or host can't be had. */
export async function startDevServer(options: DevServerOptions): Promise<DevServer> {
  const { host, port } = options;
  const instance = randomUUID();
  const streams = new EventStreams(systemClock);
  const app = Fastify({ logger: false, return503OnClosing: false });
  endConnections(app, undefined);
  ownScope(app);
  app.addHook('onRequest', ownRequestsOnly(host));
  app.addHook('preClose', (done) => {
    streams.close();
    done();
  });
  await app.register(
    async (page) => {
      await compressAnswers(page);
      answerInOwnWords(page);
      await servePage(page);
      await page.register((api) => consoleApi(api, options, streams, instance), { prefix: '/api' });
    },
    { prefix: '/console' },
  );
  app.get('/', (_request, reply) => reply.redirect('console/'));
  app.get('/console', (_request, reply) => reply.redirect('console/'));
  await app.register(async (rest) => {
    // Bodies go through as they are.
    rest.removeAllContentTypeParsers();
    rest.addContentTypeParser('*', (_request, _payload, done) => done(null));
    const hand = (request: Parameters<typeof forward>[2], reply: Parameters<typeof forward>[3]): Promise<void> =>
      forward(options.gate, options.apiToken, request, reply);
    for (const path of [
      '/webhooks',
      '/webhooks/*',
      '/calls',
      '/calls/*',
      '/insights',
      '/insights/*',
      '/settings',
      '/settings/*',
      '/audit',
      '/health',
      '/ready',
      '/metrics',
      '/openapi.json',
      '/console/api/live',
      '/console/api/calls',
      '/console/api/calls/*',
      '/console/api/insights',
      '/console/api/settings',
      '/console/api/settings/*',
      '/console/api/audit',
    ])
      rest.all(path, hand);
  });
  const url = await listen(app, host, port);
  return {
    url,
    streams: {
      calls: (batch) => streams.send('calls', batch),
      phone: (news) => streams.send('phone', news),
      dev: (view) => streams.send('dev', view),
    },
    close: () => app.close(),
  };
}

async function listen(app: FastifyInstance, host: string, port: number): Promise<string> {
  try {
    return await app.listen({ host, port });
  } catch (error) {
    await app.close();
    throw new ListenError(host, port, error);
  }
}

async function consoleApi(api: FastifyInstance, options: DevServerOptions, streams: EventStreams, instance: string): Promise<void> {
  const { loaded, status, gate, apiToken } = options;
  const names = (): string[] => (loaded()?.flows ?? []).map(({ name }) => name);
  const flows = (): FlowSummary[] =>
    (loaded()?.flows ?? []).map(({ name, version }) => ({ name, version, sites: options.charts().get(name)?.sites.length ?? null }));
  strictQuery(api);
  api.addHook('onSend', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
  });
  api.get('/info', (): InfoView => ({ mode: 'dev', instance, showNumbers: true, role: 'admin', flows: flows() }));
  api.get('/events', (_request, reply) => {
    const hello: StreamEvents['hello'] = { instance, now: systemClock.now() };
    streams.open(reply, { event: 'hello', data: hello }, PAGE_HEADERS);
    streams.send('dev', status());
  });
  await api.register(flowRoutes, {
    names,
    tests: options.tests,
    charts: () => [...options.charts().values()].filter(({ flow }) => names().includes(flow)),
  });
  await api.register(phoneRoutes, {
    prefix: '/phone',
    desk: options.desk,
    numbers: () => ({
      numbers: numbersOf(loaded()),
      callers: Object.fromEntries((loaded()?.flows ?? []).flatMap(({ name, caller }) => (caller === null ? [] : [[name, caller]]))),
      times: Object.fromEntries((loaded()?.flows ?? []).map(({ name, times }) => [name, times])),
      languages: Object.fromEntries((loaded()?.flows ?? []).map(({ name, languages }) => [name, languages])),
      settings: Object.fromEntries((loaded()?.flows ?? []).map(({ name, settings }) => [name, settings])),
    }),
    route: async (to, flow) => {
      mustServe(flow, names());
      await options.route(to, flow);
    },
    settings: (flow) => (loaded()?.flows ?? []).find(({ name }) => name === flow)?.settings ?? {},
    next: options.next,
    place: async (order) => {
      mustServe(order.flow, names());
      return placeThrough(await gate.target(), apiToken, order);
    },
  });
}

function mustServe(flow: string, known: readonly string[]): void {
  if (known.includes(flow)) return;
  throw new PhoneError(
    known.length === 0
      ? 'No version of the flows is served yet: mend what the message at the top of the page says, and save.'
      : `There is no flow "${flow}". ${didYouMean(flow, known)}There are: ${known.join(', ')}.`,
  );
}

/** Places an outbound call by `POST /calls`, as any program would. */
async function placeThrough(url: string | null, token: string, order: PhoneOrder): Promise<string> {
  if (url === null) throw new PhoneError('No version of the flows is served yet.');
  const { flow, from, to, params, language } = order;
  const response = await fetch(`${url}/calls`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({
      flow,
      from,
      to,
      subAccountId: SUBACCOUNT,
      ...(params === undefined ? {} : { params }),
      ...(language === undefined ? {} : { language }),
    }),
  }).catch((error: unknown) => {
    throw new PhoneError('The call could not be placed, because the flows are just being reloaded. Try again.', error);
  });
  const answer = (await response.json().catch(() => null)) as (Partial<CallView> & { readonly message?: string }) | null;
  if (!response.ok)
    throw new PhoneError(answer?.message ?? `The call could not be placed: the server answered with status ${response.status}.`);
  if (typeof answer?.sessionId === 'string') return answer.sessionId;
  throw new PhoneError(`The call could not be placed: ${answer?.error?.message ?? 'the flow gave nothing to say'}.`);
}

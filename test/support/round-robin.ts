import { once } from 'node:events';
import { Agent, createServer, type IncomingHttpHeaders, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How a balancer treats requests. */
export interface RoundRobinOptions {
  /** A request that was not answered goes to the next server, once around. @default false: 502 */
  readonly retry?: boolean;
  /** To how many servers at once each VCA goes; the first answer counts. @default 1 */
  readonly copies?: number;
}

/** A balancer before several servers, which take turns. */
export interface RoundRobin {
  /** Base URL. */
  readonly url: string;
  /** Answers to copies of one VCA that were not the same bytes. */
  readonly differences: () => readonly string[];
  close(): Promise<void>;
}

interface Reply {
  readonly status: number;
  readonly body: string;
}

/** Starts a balancer before these base URLs. */
export async function startRoundRobin(urls: readonly string[], { retry = false, copies = 1 }: RoundRobinOptions = {}): Promise<RoundRobin> {
  const agent = new Agent({ keepAlive: true });
  const differences: string[] = [];
  let turn = 0;

  const forward = async (path: string, body: string, headers: IncomingHttpHeaders): Promise<Reply> => {
    const first = turn++;
    const tries = retry ? urls.length : 1;
    for (let index = 0; index < tries; index++) {
      const reply = await post(agent, `${urls[(first + index) % urls.length] ?? ''}${path}`, body, headers);
      if (reply !== null) return reply;
    }
    return { status: 502, body: '{}' };
  };

  const forwardCopies = async (path: string, body: string, headers: IncomingHttpHeaders): Promise<Reply> => {
    const sent = Array.from({ length: copies }, () => forward(path, body, headers));
    void Promise.all(sent).then((replies) => {
      // What only asks for time (the store was slow) says nothing else than the answer that is saved then.
      const said = replies.filter(({ status, body: text }) => status === 200 && !text.startsWith('{"clientActionId":"retry.'));
      const bodies = new Set(said.map((reply) => reply.body));
      if (bodies.size > 1) differences.push(`One VCA was answered with ${[...bodies].join(' and ')}: ${body}`);
    });
    return Promise.race(sent);
  };

  const server = createServer((incoming, outgoing) => {
    let body = '';
    incoming.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    incoming.on('end', () => {
      const path = incoming.url ?? '/';
      const send = path.endsWith('/vca') && copies > 1 ? forwardCopies : forward;
      void send(path, body, incoming.headers).then((reply) => {
        outgoing.writeHead(reply.status, { 'content-type': 'application/json' }).end(reply.body);
      });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    differences: () => differences,
    close: async () => {
      agent.destroy();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Sends on; null when no whole answer came. */
function post(agent: Agent, url: string, body: string, { authorization }: IncomingHttpHeaders): Promise<Reply | null> {
  return new Promise((resolve) => {
    const headers = { 'content-type': 'application/json', ...(authorization === undefined ? {} : { authorization }) };
    const sent = request(url, { agent, method: 'POST', headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
      response.on('error', () => resolve(null));
    });
    sent.on('error', () => resolve(null));
    sent.end(body);
  });
}

import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/** A pooler in front of Postgres that lends a connection for one transaction at a time, as PgBouncer does in its mode `transaction`. */
export interface TransactionPooler {
  /** The given connection string, leading through the pooler. */
  readonly connectionString: string;
  /** Transactions so far; a statement by itself is one. */
  readonly transactions: () => number;
  /** The names of parameters that clients began with. */
  readonly startupParameters: () => readonly string[];
  stop(): Promise<void>;
}

/** A connection to the server, and whose transaction it carries. */
interface Upstream {
  readonly socket: Socket;
  client: Client | null;
}

interface Client {
  readonly socket: Socket;
  readonly waiting: Buffer[];
}

const TERMINATE = 'X';
const READY = 'Z';

/** Starts a pooler with `size` connections, which take turns: whoever counts on the same session twice is found out. */
export async function startTransactionPooler(connectionString: string, size = 3): Promise<TransactionPooler> {
  const url = new URL(connectionString);
  const upstreams = await Promise.all(Array.from({ length: size }, () => connectUpstream(url)));
  const idle = [...upstreams];
  const queue: Client[] = [];
  const clients = new Set<Socket>();
  const parameters = new Set<string>();
  let transactions = 0;

  const lend = (): void => {
    while (idle.length > 0 && queue.length > 0) {
      const [upstream, client] = [idle.shift(), queue.shift()];
      if (upstream === undefined || client === undefined) return;
      upstream.client = client;
      for (const message of client.waiting.splice(0)) upstream.socket.write(message);
    }
  };

  for (const upstream of upstreams) {
    onMessages(upstream.socket, (type, message) => {
      upstream.client?.socket.write(message);
      if (type !== READY || message.toString('latin1', 5, 6) !== 'I') return;
      transactions++;
      const { client } = upstream;
      upstream.client = null;
      idle.push(upstream);
      if (client !== null && client.waiting.length > 0) queue.push(client);
      lend();
    });
  }

  const server = createServer((socket) => {
    clients.add(socket);
    socket.on('error', () => undefined).on('close', () => clients.delete(socket));
    const client: Client = { socket, waiting: [] };
    socket.once('data', (startup: Buffer) => {
      const words = startup.toString('utf8', 8).split('\0');
      for (let index = 0; index + 1 < words.length && words[index] !== ''; index += 2) parameters.add(words[index] ?? '');
      socket.write(Buffer.concat([frame('R', int32(0)), frame(READY, Buffer.from('I'))]));
      onMessages(socket, (type, message) => {
        if (type === TERMINATE) return void socket.end();
        const lent = upstreams.find((upstream) => upstream.client === client);
        if (lent !== undefined) return void lent.socket.write(message);
        client.waiting.push(message);
        if (!queue.includes(client)) queue.push(client);
        lend();
      });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url.port = String((server.address() as AddressInfo).port);
  return {
    connectionString: url.href,
    transactions: () => transactions,
    startupParameters: () => [...parameters],
    stop: async () => {
      for (const socket of [...clients, ...upstreams.map((upstream) => upstream.socket)]) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Signs in with a password in clear text and waits until the server is ready. */
async function connectUpstream(url: URL): Promise<Upstream> {
  const socket = connect(Number(url.port), url.hostname);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  const words = ['user', decodeURIComponent(url.username), 'database', url.pathname.slice(1), ''].map((word) => `${word}\0`).join('');
  const startup = Buffer.concat([int32(196_608), Buffer.from(words)]);
  socket.write(Buffer.concat([int32(startup.length + 4), startup]));
  await new Promise<void>((resolve) => {
    const stop = onMessages(socket, (type, message) => {
      if (type === 'R' && message.readInt32BE(5) === 3) socket.write(frame('p', Buffer.from(`${decodeURIComponent(url.password)}\0`)));
      if (type !== READY) return;
      stop();
      resolve();
    });
  });
  return { socket, client: null };
}

/** Cuts what a socket brings into messages: a letter, the length, the rest. */
function onMessages(socket: Socket, listener: (type: string, message: Buffer) => void): () => void {
  let rest = Buffer.alloc(0);
  const read = (chunk: Buffer): void => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= 5 && rest.length >= rest.readInt32BE(1) + 1) {
      const message = rest.subarray(0, rest.readInt32BE(1) + 1);
      rest = rest.subarray(message.length);
      listener(message.toString('latin1', 0, 1), message);
    }
  };
  socket.on('data', read);
  return () => socket.off('data', read);
}

function frame(type: string, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from(type), int32(body.length + 4), body]);
}

function int32(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeInt32BE(value);
  return buffer;
}

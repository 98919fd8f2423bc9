import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** Milliseconds that a request may still take to arrive while the server closes. */
const LAST_REQUEST_TIME = 1_000;

/** A connection; Node keeps the answer that is under way there (http-terminator and others rely on it, too). */
type Connection = Socket & { readonly _httpMessage?: ServerResponse | null };

/**
 * Ends connections in order, and costs nothing per request. Once the server retires, a connection is closed with its answer: a proxy opens the next one to another
 * server, and none that a turn under way holds open keeps the server for as long as its peer likes. One on which no request has come, as browsers and proxies open them
 * beforehand, is closed when the server closes: Node takes it for one that is in use, and looks no longer how long requests take to arrive.
 */
export function endConnections(app: FastifyInstance, retiring: AbortSignal | undefined): void {
  const open = new Set<Connection>();
  app.server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  const retire = once(() => {
    for (const { _httpMessage: answer } of open) if (answer != null) answer.shouldKeepAlive = false;
    app.server.prependListener('request', (_request, answer) => {
      answer.shouldKeepAlive = false;
    });
  });
  const closeWhere = (isOver: (socket: Socket) => boolean): void => {
    for (const socket of open) if (socket._httpMessage == null && isOver(socket)) socket.destroy();
  };
  app.addHook('preClose', (done) => {
    retire();
    closeWhere(({ bytesRead }) => bytesRead === 0);
    setTimeout(() => closeWhere(() => true), LAST_REQUEST_TIME).unref();
    done();
  });
  if (retiring?.aborted === true) retire();
  else retiring?.addEventListener('abort', retire, { once: true });
}

function once(act: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) act();
    isDone = true;
  };
}

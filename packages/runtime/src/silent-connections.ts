import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** Milliseconds that a request may still take to arrive while the server closes. */
const LAST_REQUEST_TIME = 1_000;

/**
 * A connection on which no request has come, as browsers and proxies open them beforehand, is closed when the server closes: Node takes it for one that is in use,
 * and looks no longer how long requests take to arrive, so that the server would never be closed.
 */
export function closeSilentConnectionsAtEnd(app: FastifyInstance): void {
  const underWay = new Map<Socket, number>();
  const count = (socket: Socket, change: number): void => {
    const before = underWay.get(socket);
    if (before !== undefined) underWay.set(socket, before + change);
  };
  app.server.on('connection', (socket: Socket) => {
    underWay.set(socket, 0);
    socket.once('close', () => underWay.delete(socket));
  });
  app.server.on('request', ({ socket }, response) => {
    count(socket, 1);
    response.once('close', () => count(socket, -1));
  });
  const closeWhere = (isOver: (socket: Socket) => boolean): void => {
    for (const [socket, requests] of underWay) if (requests === 0 && isOver(socket)) socket.destroy();
  };
  app.addHook('preClose', (done) => {
    closeWhere(({ bytesRead }) => bytesRead === 0);
    setTimeout(() => closeWhere(() => true), LAST_REQUEST_TIME).unref();
    done();
  });
}

import type { FastifyInstance } from 'fastify';
import type { ListenOptions } from '../call-options.ts';
import { SimulatorOptionError } from '../errors/simulator-option-error.ts';
import { needNumber, refuseUnknownKeys } from '../options-check.ts';

/** Begins to listen and gives the base URL. Throws `SimulatorOptionError` for a port that can't be had. */
export async function listenTo(app: FastifyInstance, options: ListenOptions): Promise<string> {
  refuseUnknownKeys('listen', options, ['port', 'host']);
  const { port = 0, host = '127.0.0.1' } = options;
  needNumber('listen.port', port, 0, 65_535);
  try {
    return await app.listen({ port, host });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE')
      throw new SimulatorOptionError('listen.port', `${port} is in use on ${host}. Choose another one, or 0 for any that is free.`);
    if (code === 'EACCES')
      throw new SimulatorOptionError(
        'listen.port',
        `${port} can't be listened to (${code}). Choose one from 1024 to 65535, or 0 for any that is free.`,
      );
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
      throw new SimulatorOptionError('listen.host', `"${host}" is no address of this machine (${code}).`);
    throw error;
  }
}

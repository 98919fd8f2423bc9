import { withDefaults } from '@hookswitch/dsl/options';
import type { FastifyInstance } from 'fastify';
import { LISTEN, type ListenOptions } from '../call-options.ts';
import { SimulatorOptionError } from '../errors/simulator-option-error.ts';
import { checkOption } from '../check-option.ts';

/** Begins to listen and gives the base URL. Throws `SimulatorOptionError` for a port that can't be had. */
export async function listenTo(app: FastifyInstance, options: ListenOptions): Promise<string> {
  checkOption('listen', LISTEN, options);
  const { port, host } = withDefaults<Required<ListenOptions>>(LISTEN, options);
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

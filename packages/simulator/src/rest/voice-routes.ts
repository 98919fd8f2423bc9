import type { FastifyInstance } from 'fastify';
import type { PlatformContext } from '../session/context.ts';
import { OK } from './replies.ts';

/** `GET …/speech-profiles`: the voices of the account. */
export function voiceRoutes(api: FastifyInstance, { voices }: PlatformContext): void {
  api.get('/speech-profiles', () => ({ speechProfiles: voices.profiles, ...OK }));
}

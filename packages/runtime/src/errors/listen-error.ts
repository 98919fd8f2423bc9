import { HookswitchError } from '@hookswitch/dsl';

const WHY: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is taken by another program; choose another with --port, or stop that one',
  EACCES: 'needs more rights; choose one above 1023 with --port',
  EADDRNOTAVAIL: 'is not an address of this machine; use --host 127.0.0.1, or 0.0.0.0 for all',
  ENOTFOUND: 'is not a host that is known; use --host 127.0.0.1, or 0.0.0.0 for all',
};

/** The server can't listen where it was told to. */
export class ListenError extends HookswitchError {
  override readonly name = 'ListenError';
  readonly code = 'HS_LISTEN';
  readonly host: string;
  readonly port: number;

  constructor(host: string, port: number, cause: unknown) {
    const code = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : '';
    super(`Can't listen on ${host}, port ${port}: it ${WHY[code] ?? `failed (${code || 'unknown error'})`}.`, { cause });
    this.host = host;
    this.port = port;
  }
}

/** `@hookswitch/runtime/inside/process`: the little that every command needs, those included that load no server. Not for users: any release may change it. */
export { isAttached } from '../attached.ts';
export { hideCredentials } from '../observe/hide-credentials.ts';
export { type LineStream, standardLines, standardStream } from '../observe/log-output.ts';

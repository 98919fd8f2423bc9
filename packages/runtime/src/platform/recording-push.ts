import { optionSet, orNull } from '@hookswitch/dsl/options';
import { checkArgument } from './client-options.ts';
import { booleanField, isJsonObject, type JsonObject, numberField, textField, without } from './fields.ts';
import { type Read, repeatable, type Target } from './repeatable.ts';
import type { Operation, RequestOptions, Send } from './send.ts';

/** How recordings can be pushed. */
export const RECORDING_PROTOCOLS = ['S3', 'SFTP'] as const;
export type RecordingProtocol = (typeof RECORDING_PROTOCOLS)[number];

/** Where 8x8 pushes recordings. The password is never given back. Fields that are not listed are kept as they came. */
export interface RecordingPushConfig {
  /** `S3` or `SFTP`, as it came. */
  readonly protocol: string;
  /** AWS region for S3, public address for SFTP. */
  readonly host: string | null;
  readonly port: number | null;
  readonly username: string | null;
  readonly passwordSet: boolean | null;
  /** Remote directory. */
  readonly path: string | null;
  readonly [field: string]: unknown;
}

/** Where recordings shall be pushed. */
export interface RecordingPushDefinition {
  readonly protocol: RecordingProtocol;
  /** For S3 the AWS region, e.g. `ap-southeast-2`; for SFTP the public address of the server. */
  readonly host: string;
  /** 1..65535. @default 22 for SFTP, 443 for S3 */
  readonly port?: number | null;
  /** For S3 the access key id. */
  readonly username: string;
  /** For S3 the secret access key. Never printed or logged. */
  readonly password: string;
  /** Remote directory, e.g. `/recordings/`. */
  readonly path: string;
}

const text = { type: 'string', minLength: 1, 'x-secret': true } as const;

/** What `RecordingPushDefinition` holds. */
export const RECORDING_PUSH = optionSet(
  {
    protocol: { enum: RECORDING_PROTOCOLS },
    host: text,
    port: orNull({ type: 'integer', minimum: 1, maximum: 65_535, 'x-form': 'a port, 1..65535' }),
    username: text,
    password: text,
    path: text,
  },
  {
    required: ['protocol', 'host', 'username', 'password', 'path'],
    'x-form': 'an object with protocol, host, username, password and path',
  },
);

/** Where the recordings of the subaccount are pushed; it has one target at most. */
export interface RecordingPushApi {
  /** The present target. Without one: `PlatformRejectedError` with `httpStatus` 404. */
  get(options?: RequestOptions): Promise<RecordingPushConfig>;
  /** Sets the target, in place of the present one. Safe to repeat. */
  set(config: RecordingPushDefinition, options?: RequestOptions): Promise<RecordingPushConfig>;
  /** Removes the target; gives back what 8x8 says of it, or null where it says nothing. Without one: `PlatformRejectedError` with `httpStatus` 404. */
  remove(options?: RequestOptions): Promise<RecordingPushConfig | null>;
}

/** Makes the `recordingPush` part of the client. */
export function createRecordingPush(send: Send, target: Target): RecordingPushApi {
  const path = 'recording-push-config';
  const required: Read<RecordingPushConfig> = ({ body }, malformed) => {
    if (!isJsonObject(body) || textField(body, 'protocol') === null) throw malformed('$.protocol', 'is missing.');
    return readConfig(body);
  };
  return {
    async get(options) {
      const operation: Operation = { name: `GET ${path}`, method: 'GET', path };
      return send(operation, repeatable(target, operation, required), options);
    },
    async set(config, options) {
      const operation: Operation = { name: `POST ${path}`, method: 'POST', path, body: checkConfig(config) };
      return send(operation, repeatable(target, operation, required), options);
    },
    async remove(options) {
      const operation: Operation = { name: `DELETE ${path}`, method: 'DELETE', path };
      const read: Read<RecordingPushConfig | null> = ({ body }) =>
        isJsonObject(body) && textField(body, 'protocol') !== null ? readConfig(body) : null;
      return send(operation, repeatable(target, operation, read, null), options);
    },
  };
}

function readConfig(body: JsonObject): RecordingPushConfig {
  const passwordShown = textField(body, 'password') !== null;
  return {
    ...without(body, 'password', 'statusCode', 'statusMessage'),
    protocol: textField(body, 'protocol') ?? '',
    host: textField(body, 'host'),
    port: numberField(body, 'port'),
    username: textField(body, 'username'),
    passwordSet: passwordShown || booleanField(body, 'passwordSet'),
    path: textField(body, 'path'),
  };
}

function checkConfig(config: RecordingPushDefinition) {
  checkArgument('recordingPush.set', RECORDING_PUSH, config);
  const { protocol, host, port = null, username, password, path } = config;
  return { protocol, host, port: port ?? (protocol === 'SFTP' ? 22 : 443), username, password, path };
}

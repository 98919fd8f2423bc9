import { HookswitchError } from '@hookswitch/dsl';

/** A setting can't be used. Thrown before anything is started. */
export class ConfigError extends HookswitchError {
  override readonly name = 'ConfigError';
  readonly code = 'HS_CONFIG';
  /** The setting, e.g. `port`, or the file. */
  readonly setting: string;

  constructor(setting: string, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.setting = setting;
  }
}

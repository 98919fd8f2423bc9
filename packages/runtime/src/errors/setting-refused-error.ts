import { HookswitchError } from '@hookswitch/dsl';

/** Why a change of settings was refused, and the HTTP status that says so. */
export const SETTING_REFUSALS = {
  HS_SETTING_UNKNOWN: 404,
  HS_SETTING_VALUE: 400,
  HS_SETTING_PERIOD: 400,
  HS_SETTING_NUMBER: 400,
  HS_SETTING_CHANGED: 409,
  HS_SETTING_ENTRY_UNKNOWN: 404,
  HS_SETTING_TOO_MANY: 409,
} as const;

/** What is there now, where a setting has changed since it was looked at. */
export interface ChangedMeanwhile {
  /** The override as the API shows it; null where the default holds again. */
  readonly current: object | null;
  /** Its version; 0 where there is none. */
  readonly version: number;
}

/** A change of a setting or of intake was refused: it is unknown, its value does not fit, somebody else was faster, … Nothing was changed. */
export class SettingRefusedError extends HookswitchError {
  override readonly name = 'SettingRefusedError';
  readonly code: keyof typeof SETTING_REFUSALS;
  /** The HTTP status that the API answers. */
  readonly status: number;
  /** Only of `HS_SETTING_CHANGED`. */
  readonly meanwhile: ChangedMeanwhile | null;

  constructor(code: keyof typeof SETTING_REFUSALS, message: string, meanwhile: ChangedMeanwhile | null = null) {
    super(message);
    this.code = code;
    this.status = SETTING_REFUSALS[code];
    this.meanwhile = meanwhile;
  }
}

import { PlatformArgumentError } from '../errors/index.ts';
import { field, isJsonObject, textField } from './fields.ts';
import { repeatable, type Target } from './repeatable.ts';
import type { Operation, RequestOptions, Send } from './send.ts';

/** A voice that `say` and `sayAndCapture` may use. Fields that are not listed are kept as they came. */
export interface SpeechProfile {
  /** What goes into `voiceProfile`, e.g. `en-US-ZiraRUS`. */
  readonly speechProfileCode: string;
  /** E.g. `en-US`. */
  readonly localeCode: string | null;
  /** E.g. `English US`. */
  readonly localeDescription: string | null;
  /** `F` or `M`, as it came. */
  readonly gender: string | null;
  readonly [field: string]: unknown;
}

/** Which speech profiles are wanted. */
export interface SpeechProfileFilter {
  /** A language (`en`) or a locale (`en-US`), in any case. @default all */
  readonly language?: string | null;
}

/** Lists the voices of the account; see `PlatformClient.speechProfiles`. */
export type SpeechProfiles = (filter?: SpeechProfileFilter, options?: RequestOptions) => Promise<readonly SpeechProfile[]>;

/** Makes `speechProfiles`. */
export function createSpeechProfiles(send: Send, target: Target): SpeechProfiles {
  const operation: Operation = { name: 'GET speech-profiles', method: 'GET', path: 'speech-profiles' };
  const judge = repeatable<readonly SpeechProfile[]>(target, operation, ({ body }, malformed) => {
    const rows = Array.isArray(body) ? body : isJsonObject(body) ? field(body, 'speechProfiles') : undefined;
    if (!Array.isArray(rows)) throw malformed('$.speechProfiles', 'must be a list.');
    return rows.map((row: unknown, index) => {
      const code = isJsonObject(row) ? textField(row, 'speechProfileCode') : null;
      if (!isJsonObject(row) || code === null) throw malformed(`$.speechProfiles[${index}].speechProfileCode`, 'is missing.');
      return {
        ...row,
        speechProfileCode: code,
        localeCode: textField(row, 'localeCode'),
        localeDescription: textField(row, 'localeDescription'),
        gender: textField(row, 'gender'),
      };
    });
  });
  return async (filter = {}, options) => {
    const language = filter.language ?? null;
    if (language !== null && (typeof language !== 'string' || language === '')) {
      throw new PlatformArgumentError('speechProfiles.language', 'must be a language or locale such as "en" or "en-US".');
    }
    const profiles = await send(operation, judge, options);
    return language === null ? profiles : profiles.filter((profile) => speaks(profile, language));
  };
}

function speaks(profile: SpeechProfile, language: string): boolean {
  const locale = (profile.localeCode ?? profile.speechProfileCode).toLowerCase();
  const wanted = language.toLowerCase().replaceAll('_', '-');
  return locale === wanted || locale.startsWith(`${wanted}-`);
}

/** A speech profile as the REST API lists it. */
export interface SpeechProfile {
  readonly speechProfileCode: string;
  readonly localeCode: string;
  readonly localeDescription: string;
  readonly gender: 'F' | 'M';
}

/** What the speech-profiles API lists unless the platform is made with other voices. */
export const SAMPLE_VOICES: readonly SpeechProfile[] = [
  { speechProfileCode: 'en-US-ZiraRUS', localeCode: 'en-US', localeDescription: 'English (US)', gender: 'F' },
  { speechProfileCode: 'en-US-BenjaminRUS', localeCode: 'en-US', localeDescription: 'English (US)', gender: 'M' },
  { speechProfileCode: 'en-US-Standard-A', localeCode: 'en-US', localeDescription: 'English (US)', gender: 'F' },
  { speechProfileCode: 'en-GB-Emma', localeCode: 'en-GB', localeDescription: 'English (UK)', gender: 'F' },
  { speechProfileCode: 'en-IE-EmilyNeural', localeCode: 'en-IE', localeDescription: 'English (Ireland)', gender: 'F' },
  { speechProfileCode: 'zh-CN-HuihuiRUS', localeCode: 'zh-CN', localeDescription: 'Chinese (Mandarin)', gender: 'F' },
  { speechProfileCode: 'zh-CN-Kangkang-Apollo', localeCode: 'zh-CN', localeDescription: 'Chinese (Mandarin)', gender: 'M' },
  { speechProfileCode: 'da-DK-Naja', localeCode: 'da-DK', localeDescription: 'Danish', gender: 'F' },
  { speechProfileCode: 'de-DE-Hedda', localeCode: 'de-DE', localeDescription: 'German', gender: 'F' },
  { speechProfileCode: 'id-ID-Andika', localeCode: 'id-ID', localeDescription: 'Indonesian', gender: 'M' },
];

/** What a voice profile's name looks like: a locale and a name. */
const PROFILE = /^[a-z]{2,3}(-[A-Za-z]{2,8})*-[A-Za-z0-9]+([-:][A-Za-z0-9]+)*$/u;

/** The voices of the account. Without a list, every name that looks like a voice profile is one. */
export class Voices {
  readonly profiles: readonly SpeechProfile[];
  readonly #listed: ReadonlySet<string> | null;

  constructor(voices: readonly (string | SpeechProfile)[] | null) {
    this.profiles = voices === null ? SAMPLE_VOICES : voices.map((voice) => (typeof voice === 'string' ? describe(voice) : voice));
    this.#listed = voices === null ? null : new Set(this.profiles.map((profile) => profile.speechProfileCode));
  }

  has(voice: string): boolean {
    return this.#listed === null ? PROFILE.test(voice) : this.#listed.has(voice);
  }
}

function describe(voice: string): SpeechProfile {
  const localeCode = voice.split('-').slice(0, 2).join('-');
  return { speechProfileCode: voice, localeCode, localeDescription: localeCode, gender: 'F' };
}

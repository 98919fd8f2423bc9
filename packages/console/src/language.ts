const VOICE = /^[a-z]{2,3}-[A-Za-z]{2,4}/;
const RIGHT_TO_LEFT = /^(ar|arc|ckb|dv|fa|he|iw|ks|ku|nqo|ps|sd|syr|ug|ur|yi)(-|$)/;

/** The language of a voice profile such as `en-US-BenjaminRUS`; undefined for a name that tells none. */
export function languageOf(voice: string | null): string | undefined {
  return voice === null ? undefined : VOICE.exec(voice)?.[0];
}

/** What tells a browser, and whoever reads aloud, how a text is to be read. Without a language the text itself decides. */
export function textOf(voice: string | null): { readonly lang?: string; readonly dir: 'ltr' | 'rtl' | 'auto' } {
  const lang = languageOf(voice);
  return lang === undefined ? { dir: 'auto' } : { lang, dir: RIGHT_TO_LEFT.test(lang) ? 'rtl' : 'ltr' };
}

const STRONG = /\p{Script=Arabic}|\p{Script=Hebrew}|\p{Script=Syriac}|\p{Script=Thaana}|\p{Script=Nko}|(\p{L})/u;

/** From where a text is read: as its language says, else by its first letter. */
export function directionOf(text: string, voice: string | null): 'ltr' | 'rtl' {
  const { dir } = textOf(voice);
  if (dir !== 'auto') return dir;
  const first = STRONG.exec(text);
  return first === null || first[1] !== undefined ? 'ltr' : 'rtl';
}

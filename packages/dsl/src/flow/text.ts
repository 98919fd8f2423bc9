/** One string for each of the languages `L`; more languages do no harm. */
export type PerLanguage<L extends string = string> = Readonly<Record<L, string>> & Readonly<Record<string, string>>;

/**
 * A text to speak: one string for all languages, or one per language, e.g. `{ en: 'Welcome', zh: '欢迎' }`. 1..3000 characters each.
 * `Text<'en' | 'zh'>` has both languages, or it is a type error.
 */
export type Text<L extends string = string> = string | PerLanguage<L>;

/** An audio file in a prompt: one http(s) URL of a `.wav` or `.mp3` under 5 MB, or one per language. */
export interface Audio<L extends string = string> {
  readonly audio: string | PerLanguage<L>;
}

/** What is spoken before digits are taken: a text, or a list of texts and audio files. For a capture the last part must be a text. */
export type Prompt<L extends string = string> = Text<L> | Audio<L> | readonly (Text<L> | Audio<L>)[];

/** Tells an audio file from a text: it is the object with the key `audio`, which no language is called. */
export function isAudio(part: Text | Audio): part is Audio {
  return typeof part === 'object' && Object.hasOwn(part, 'audio');
}

/** The parts of a prompt. */
export function promptParts(prompt: Prompt): readonly (Text | Audio)[] {
  // Array.isArray does not narrow readonly arrays.
  return Array.isArray(prompt) ? (prompt as readonly (Text | Audio)[]) : [prompt as Text | Audio];
}

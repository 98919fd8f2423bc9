/** A text to speak: one string for all languages, or one per language, e.g. `{ en: 'Welcome', zh: '欢迎' }`. 1..3000 characters each. */
export type Text = string | Readonly<Record<string, string>>;

/** An audio file in a prompt: one http(s) URL of a `.wav` or `.mp3` under 5 MB, or one per language. */
export interface Audio {
  readonly audio: string | Readonly<Record<string, string>>;
}

/** What is spoken before digits are taken: a text, or a list of texts and audio files. For a capture the last part must be a text. */
export type Prompt = Text | Audio | readonly (Text | Audio)[];

/** Tells an audio file from a text: it is the object with the key `audio`, which no language is called. */
export function isAudio(part: Text | Audio): part is Audio {
  return typeof part === 'object' && Object.hasOwn(part, 'audio');
}

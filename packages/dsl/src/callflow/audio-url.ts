// The WHATWG parser mends what other parsers refuse (spaces, backslashes, missing slashes), and which one 8x8 runs is not known: so both kinds must like it.
const ABSOLUTE = /^https?:\/\/[^\s\\/?#\u0000-\u001f\u007f-\u009f]+(?:[/?#][^\s\\\u0000-\u001f\u007f-\u009f]*)?$/i;

/** Tells an absolute http or https URL without spaces, backslashes and control characters from any other text. */
export function isHttpUrl(text: string): boolean {
  return ABSOLUTE.test(text) && URL.canParse(text);
}

const AUDIO: ReadonlySet<string | null> = new Set(['wav', 'mp3']);
const ENDS_IN_AUDIO = /\.(?:wav|mp3)$/i;

/**
 * What an absolute URL tells of its file: `audio` by the suffix of its path (.wav, .mp3); `untold` where the path has no suffix, or has that of a program
 * (`download.php?file=a.mp3`) whose query names an audio file; `other` by any other suffix.
 */
export function audioOf(url: string): 'audio' | 'untold' | 'other' {
  const suffix = suffixOf(url);
  if (AUDIO.has(suffix)) return 'audio';
  return suffix === null || queryOf(url).some((value) => ENDS_IN_AUDIO.test(value)) ? 'untold' : 'other';
}

function queryOf(url: string): readonly string[] {
  const [sent = ''] = url.split('#', 1);
  const question = sent.indexOf('?');
  return question < 0 ? [] : sent.slice(question + 1).split('&');
}

/** The suffix of the file on the path of an absolute URL, in lower case and without its dot; null where the path has none. The query is not looked at. */
export function suffixOf(url: string): string | null {
  const end = url.search(/[?#]/);
  const path = url.slice(url.indexOf('//') + 2, end < 0 ? url.length : end);
  const slash = path.lastIndexOf('/');
  const dot = path.lastIndexOf('.');
  // A dot before the last slash belongs to a folder, or to the host of a URL without path.
  return slash < 0 || dot < slash || dot === path.length - 1 ? null : path.slice(dot + 1).toLowerCase();
}

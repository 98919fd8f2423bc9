/** In place of what is hidden: always as long, so that the length says nothing. */
const HIDDEN = '••••••';
/** User and password before the host of a URL. A password may hold an @ of its own: the last one ends it. */
const USER_INFO = /([a-z][a-z0-9+.-]*:\/\/)(?!user:password@)[^\s"'`<>\\/?#]*@/gi;
/** A password with a slash that was not percent-encoded: no host has a colon that no port follows. */
const SLIPPED = /([a-z][a-z0-9+.-]*:\/\/)(?!user:password@)[^\s"'`<>\\/?#@:]*:(?!\d{1,5}(?:[/?#,\s"'`]|$))[^\s"'`<>\\]*@/gi;
/** Parameters of URLs that hold secrets. */
const PARAMETER = /([?&](?:[\w.-]*(?:password|passwd|pwd|secret|token|signature)|[\w.-]*api[_-]?key|sig)=)[^&\s"'`<>\\#]+/gi;

/**
 * A text without the credentials of the URLs in it: user and password before a host, and parameters such as `?password=`. For whatever is printed or logged: a store, a
 * proxy or an API may be named by such a URL, and any error may quote it.
 */
export function hideCredentials(text: string): string {
  if (!text.includes('://')) return text;
  return text.replace(USER_INFO, `$1${HIDDEN}@`).replace(SLIPPED, `$1${HIDDEN}@`).replace(PARAMETER, `$1${HIDDEN}`);
}

import { createHash, timingSafeEqual } from 'node:crypto';
import { didYouMean, nearMiss } from '@hookswitch/dsl';

/** What the holder of a token may do, least first; each role may do what those before it may. */
export const API_ROLES = ['read', 'operate', 'admin'] as const;

/** `read`: look at everything that masks what is private. `operate`: act on calls, too. `admin`: everything, what can't be taken back and the audit list included. */
export type ApiRole = (typeof API_ROLES)[number];

/** A bearer token of the API and the console. */
export interface ApiToken {
  /** 16 characters at least, printable ASCII without spaces. */
  readonly token: string;
  /** Says in the audit list whose token it is: 1 to 64 characters without `:` and `,`, unique. */
  readonly label: string;
  readonly role: ApiRole;
}

/** Who asks: a token without its secret. */
export type TokenHolder = Omit<ApiToken, 'token'>;

/** The tokens that a server knows. */
export interface ApiTokens {
  readonly isEmpty: boolean;
  /** Whose token an `Authorization` header carries; null where it is none. Takes as long whichever it is, and whether it is one. */
  find(authorization: string | undefined): TokenHolder | null;
}

const MIN_LENGTH = 16;
const MAX_LABEL = 64;
const KEYS = ['token', 'label', 'role'];
const FORM = 'must be a text (a token, or label:role:token), or { token, label, role }';

/** What is wrong with the setting `apiTokens`, as the end of a sentence; null when it will do. Repeats nothing of what came: any part may be a token in the wrong place. */
export function apiTokensProblem(value: unknown): string | null {
  if (!Array.isArray(value)) return 'must be a list of tokens';
  const read: ApiToken[] = [];
  for (const [index, entry] of (value as readonly unknown[]).entries()) {
    const token = readToken(entry, index);
    const problem = typeof token === 'string' ? token : tokenProblem(token, read);
    if (problem !== null) return `[${index}]${problem.startsWith('.') ? '' : ' '}${problem}`;
    read.push(token as ApiToken);
  }
  return null;
}

/** The tokens of a setting that has no problem. A bare one has the role `admin`, and `token-` and its place, from 1, as its label. */
export function readApiTokens(value: readonly (string | ApiToken)[]): readonly ApiToken[] {
  return value.map(readToken).filter((token) => typeof token !== 'string');
}

/** Makes the tokens of a setting that has no problem fit to be compared with. */
export function createApiTokens(value: readonly (string | ApiToken)[]): ApiTokens {
  const known = readApiTokens(value).map(({ token, label, role }) => ({ digest: digest(token), holder: Object.freeze({ label, role }) }));
  return {
    isEmpty: known.length === 0,
    find(authorization) {
      const token = /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1];
      if (token === undefined) return null;
      const came = digest(token);
      let found: TokenHolder | null = null;
      // No early way out: how long it takes must not say which one was right.
      for (const { digest: expected, holder } of known) if (timingSafeEqual(came, expected)) found = holder;
      return found;
    },
  };
}

/** Whether a role may do what needs `needed`. */
export function isEnough(role: ApiRole, needed: ApiRole): boolean {
  return API_ROLES.indexOf(role) >= API_ROLES.indexOf(needed);
}

/** Of several tokens the first with the least role that is enough; null where none is. */
export function leastToken(tokens: readonly ApiToken[], needed: ApiRole): ApiToken | null {
  const roles = API_ROLES.filter((role) => isEnough(role, needed));
  return roles.map((role) => tokens.find((token) => token.role === role)).find((token) => token !== undefined) ?? null;
}

/** An entry of the setting as a token, which may still have problems; a text says what form it lacks. */
function readToken(entry: unknown, index: number): ApiToken | string {
  if (typeof entry === 'string') {
    const [first = '', role, ...rest] = entry.split(':');
    if (role === undefined) return { token: entry, label: `token-${index + 1}`, role: 'admin' };
    if (rest.length === 0) return 'has a colon, and is not of the form label:role:token';
    return { token: rest.join(':'), label: first, role: role as ApiRole };
  }
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return FORM;
  const unknown = Object.keys(entry).find((key) => !KEYS.includes(key));
  // Not what came: a key may be a token.
  if (unknown !== undefined) return `has a key that is none of ${KEYS.join(', ')}. ${didYouMean(unknown, KEYS)}`.trim();
  return entry as ApiToken;
}

function tokenProblem({ token, label, role }: { readonly [key in keyof ApiToken]?: unknown }, others: readonly ApiToken[]): string | null {
  if (typeof token !== 'string' || token === '') return '.token must be a text';
  if (!/^[\x21-\x7E]+$/.test(token)) return '.token has characters that no header can carry: only printable ASCII without spaces can';
  if (token.length < MIN_LENGTH || new Set(token).size === 1)
    return `.token is weak: it must have ${MIN_LENGTH} characters at least, not all of them the same. Make one with: openssl rand -hex 32`;
  if (!API_ROLES.some((known) => known === role)) {
    const near = typeof role === 'string' ? nearMiss(role, API_ROLES) : null;
    return `.role must be one of ${API_ROLES.join(', ')}${near === null ? '' : `; did you mean "${near}"?`}`;
  }
  if (typeof label !== 'string' || label.length === 0 || label.length > MAX_LABEL)
    return `.label must be a text of 1 to ${MAX_LABEL} characters`;
  if (/[:,\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}]/u.test(label) || label !== label.trim())
    return '.label must be without ":", ",", control characters, and spaces around it';
  const same = others.findIndex((other) => other.token === token);
  if (same !== -1) return `.token is the same as that of [${same}]: give each its own`;
  const named = others.findIndex((other) => other.label === label);
  return named === -1 ? null : `.label is the same as that of [${named}]: the audit list must tell them apart`;
}

/** Digests are equally long, whatever came: that is what timingSafeEqual needs. */
function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

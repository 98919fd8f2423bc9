/** Something that may be found nowhere, by the name under which a finding tells of it. */
export interface Secret {
  readonly name: string;
  /** Ten digits or more, so that no timestamp or id has them by chance. */
  readonly digits: string;
}

/** Where a secret was found, and in which form. Never the secret itself. */
export interface Trace {
  readonly secret: string;
  readonly form: string;
  readonly where: string;
}

/** Consecutive digits that count as the secret. */
const WINDOW = 10;

/** Finds secrets in what a server has written, in all forms in which digits are usually written. */
export class TraceSearch {
  readonly #forms: readonly { readonly secret: string; readonly form: string; readonly bytes: Buffer }[];
  readonly found: Trace[] = [];
  /** Bytes that were searched. */
  searched = 0;

  constructor(secrets: readonly Secret[]) {
    this.#forms = secrets.flatMap(({ name, digits }) => formsOf(digits).map(([form, bytes]) => ({ secret: name, form, bytes })));
  }

  look(where: string, content: string | Buffer): void {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    this.searched += bytes.length;
    for (const { secret, form, bytes: needle } of this.#forms) if (bytes.includes(needle)) this.found.push({ secret, form, where });
  }
}

function formsOf(digits: string): [form: string, bytes: Buffer][] {
  const keys = [...digits];
  const groups = digits.match(/.{1,4}/g) ?? [];
  const texts: Record<string, string> = {
    reversed: keys.toReversed().join(''),
    ...Object.fromEntries(
      [' ', ', ', ',', '. ', '-', '","', '", "'].map((between) => [`with ${JSON.stringify(between)} between`, keys.join(between)]),
    ),
    'in groups': groups.join(' '),
    'in groups with dashes': groups.join('-'),
    'as JSON escapes': keys.map((key) => `\\u00${key.charCodeAt(0).toString(16)}`).join(''),
    'as percent escapes': keys.map((key) => `%${key.charCodeAt(0).toString(16)}`).join(''),
    'in full width': keys.map((key) => String.fromCharCode(0xff10 + Number(key))).join(''),
    hexadecimal: Buffer.from(digits).toString('hex'),
    'its ends': `${digits.slice(0, 2)}••••${digits.slice(-2)}`,
  };
  const base64 = [0, 1, 2].map((shift): [string, Buffer] => {
    const text = Buffer.concat([Buffer.alloc(shift), Buffer.from(digits)]).toString('base64');
    // What stands at either end hangs on the neighbours.
    return [`base64, shifted by ${shift}`, Buffer.from(text.slice(4, -4))];
  });
  return [
    ...keys.slice(WINDOW - 1).map((_, at): [string, Buffer] => ['digits', Buffer.from(digits.slice(at, at + WINDOW))]),
    ...Object.entries(texts).map(([form, text]): [string, Buffer] => [form, Buffer.from(text)]),
    ...base64,
    ['UTF-16', Buffer.from(digits, 'utf16le')],
  ];
}

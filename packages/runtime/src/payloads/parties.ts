import { asText, type FieldReader } from './fields.ts';
import type { Parties } from './webhook.ts';

const LONGEST_NUMBER = 128;

/** How gateways write "withheld", folded. */
const WITHHELD = new Set(
  'withheld restricted private unavailable unknown hidden blocked suppressed none na nocallerid unknowncaller privatenumber numberwithheld'.split(
    ' ',
  ),
);

/** Who calls whom. */
export function readParties(fields: FieldReader): Parties {
  return {
    direction: direction(fields.word('callDirection')),
    callType: fields.word('callType'),
    from: readNumber(fields.value('source')),
    to: readNumber(fields.value('destination')),
    fromCountry: country(fields.text('sourceCountryCode')),
    toCountry: country(fields.text('destinationCountryCode')),
  };
}

/** A number as it came, trimmed; null where there is none or it is withheld. */
export function readNumber(value: unknown): string | null {
  const text = asText(value, LONGEST_NUMBER);
  if (text === null) return null;
  const address = text.replace(/^(?:sips?|tel):/i, '').replace(/@.*$/s, '');
  const folded = address.toLowerCase().replace(/[^a-z0-9]/g, '');
  return folded === '' || folded.includes('anonymous') || WITHHELD.has(folded) ? null : text;
}

function direction(word: string | null): Parties['direction'] {
  if (word === null) return null;
  return word.startsWith('IN') ? 'inbound' : word.startsWith('OUT') ? 'outbound' : null;
}

/** ISO 3166-1 alpha-2, upper case; null for anything else. One page of 8x8's writes `ID | Null`, of which the first part counts. */
export function country(code: string | null): string | null {
  const first = code?.split('|', 1)[0]?.trim() ?? '';
  return /^[a-z]{2}$/i.test(first) ? first.toUpperCase() : null;
}

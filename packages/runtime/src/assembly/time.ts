const ISO_8601 = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?(?:Z|[+-](\d\d):(\d\d))$/i;

/** What `readTime` reads, for those who wrote something else. */
export const TIME_FORM = 'a time with its zone, such as 2026-11-23T08:00:00Z';

/** A time with its zone (RFC 3339; seconds may be missing) as milliseconds since 1970; null for anything else, days and hours that there are not included. */
export function readTime(text: string): number | null {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, zoneHour = 0, zoneMinute = 0] =
    ISO_8601.exec(text)
      ?.slice(1)
      .map((part: string | undefined) => Number(part ?? 0)) ?? [];
  const isTime = hour <= 23 && minute <= 59 && second <= 59 && zoneHour <= 23 && zoneMinute <= 59;
  const isDay = month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
  return isTime && isDay ? Date.parse(text.toUpperCase()) : null;
}

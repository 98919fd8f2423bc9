import type { Patch } from './patches.ts';
import type { Place } from './world-date.ts';

/** What takes the locale of the machine as its first argument where none is given. */
const BY_LOCALE = ['NumberFormat', 'Collator', 'PluralRules', 'RelativeTimeFormat', 'ListFormat', 'Segmenter', 'DurationFormat'] as const;

type Written = (this: unknown, ...given: unknown[]) => unknown;
type Constructor = abstract new (...given: never[]) => object;

/** What formats with the locale, the zone or the clock of the machine where nobody says which; `read` is called when it does. */
export function intlPatches(place: Place, now: number, read: () => void): readonly Patch[] {
  const intl = Intl as unknown as Record<string, Constructor | undefined>;
  const machines = <T>(value: T): T => {
    read();
    return value;
  };
  const withLocale = ([locale, ...others]: readonly unknown[]): unknown[] => [locale ?? machines(place.locale), ...others];
  const patches: Patch[] = BY_LOCALE.flatMap((name) => {
    const known = intl[name];
    return known === undefined ? [] : [{ on: Intl, key: name, value: constructed(known, withLocale) }];
  });
  const withZone = (given: readonly unknown[]): unknown[] => {
    const { timeZone = machines(place.zone), ...others } = (given[1] ?? {}) as Intl.DateTimeFormatOptions;
    return [given[0] ?? machines(place.locale), { timeZone, ...others }];
  };
  patches.push({ on: Intl, key: 'DateTimeFormat', value: constructed(Intl.DateTimeFormat, withZone) });
  const { get: format } = Object.getOwnPropertyDescriptor(Intl.DateTimeFormat.prototype, 'format') ?? {};
  const { formatToParts } = Intl.DateTimeFormat.prototype;
  patches.push({
    on: Intl.DateTimeFormat.prototype,
    key: 'format',
    get(this: Intl.DateTimeFormat) {
      const write = format?.call(this) as Intl.DateTimeFormat['format'];
      return (date: Date | number = machines(now)) => write(date);
    },
  });
  patches.push({
    on: Intl.DateTimeFormat.prototype,
    key: 'formatToParts',
    value(this: Intl.DateTimeFormat, date: Date | number = machines(now)) {
      return formatToParts.call(this, date);
    },
  });
  return [...patches, ...textPatches(withLocale, () => machines(place.locale))];
}

/** `Number#toLocaleString` and its like. */
function textPatches(withLocale: (given: readonly unknown[]) => unknown[], localeHere: () => string): readonly Patch[] {
  const first: readonly (readonly [object, string])[] = [
    [Number.prototype, 'toLocaleString'],
    [BigInt.prototype, 'toLocaleString'],
    [String.prototype, 'toLocaleUpperCase'],
    [String.prototype, 'toLocaleLowerCase'],
  ];
  const patched = first.map(([on, key]): Patch => {
    const write = Reflect.get(on, key) as Written;
    return {
      on,
      key,
      value(this: unknown, ...given: unknown[]) {
        return write.apply(this, withLocale(given));
      },
    };
  });
  const compare = Reflect.get(String.prototype, 'localeCompare') as Written;
  return [
    ...patched,
    {
      on: String.prototype,
      key: 'localeCompare',
      value(this: unknown, other: unknown, locale: unknown = localeHere(), options: unknown = undefined) {
        return compare.call(this, other, locale, options);
      },
    },
  ];
}

function constructed(known: Constructor, withDefaults: (given: readonly unknown[]) => unknown[]): Constructor {
  return new Proxy(known, {
    construct: (target, given: unknown[], as) => Reflect.construct(target as never, withDefaults(given), as) as object,
    apply: (target, self, given: unknown[]) => Reflect.apply(target as never, self, withDefaults(given)) as unknown,
  });
}

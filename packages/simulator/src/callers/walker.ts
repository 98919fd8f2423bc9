import { optionSet, withDefaults } from '@hookswitch/dsl/options';
import { phoneKeys } from '@hookswitch/dsl/testing';
import { AMOUNT, checkOption } from '../check-option.ts';
import type { Caller, CallerLine } from './caller.ts';
import type { SessionEvent } from '../session/events.ts';

/** Options of `randomWalker`. Rates from 0 to 1, drawn at each prompt. */
export interface WalkerOptions {
  /** The keys it presses, each as likely; a key that is listed twice is twice as likely. @default '1234567890' */
  readonly keys?: string;
  /** Presses nothing at all. @default 0.05 */
  readonly quiet?: number;
  /** Hangs up. @default 0.02 */
  readonly hangUp?: number;
  /** Presses something odd: `#` or `*` alone, too few digits or too many. @default 0.05 */
  readonly odd?: number;
  /** After so many prompts it hangs up. @default 50 */
  readonly maxPrompts?: number;
  /** Most digits of one entry, where a prompt allows more. @default 12 */
  readonly longestEntry?: number;
  /** Milliseconds between two keys. @default 150 */
  readonly gap?: number;
}

const rate = (standard: number) => ({ type: 'number', minimum: 0, maximum: 1, default: standard }) as const;

/** What `WalkerOptions` holds, with the defaults. */
export const WALKER = optionSet({
  keys: { type: 'string', default: '1234567890' },
  quiet: rate(0.05),
  hangUp: rate(0.02),
  odd: rate(0.05),
  maxPrompts: { ...AMOUNT, default: 50 },
  longestEntry: { type: 'number', minimum: 1, default: 12 },
  gap: { ...AMOUNT, default: 150 },
});

/** A caller that presses keys at random, as the prompt's limits allow, drawn from its call's own seeded stream. */
export function randomWalker(options: WalkerOptions = {}): Caller {
  checkOption('walker', WALKER, options);
  const settings = withDefaults<Required<WalkerOptions>>(WALKER, options);
  const keys = phoneKeys(settings.keys);
  return {
    name: 'walker',
    begin(line) {
      let prompts = 0;
      // A second try of the same prompt begins anew.
      let entry = 0;
      return (event) => {
        if (event.type === 'captured' || event.type === 'spoken') entry++;
        if (event.type !== 'listening' || event.hold) return;
        if (++prompts > settings.maxPrompts) return line.hangUp();
        const what = decide(event, line, settings, keys);
        if (what === 'hang-up') return void line.after(line.think(event.overallTimeout), () => line.hangUp());
        const mine = ++entry;
        const press = (index: number): void => {
          const key = what[index];
          if (key === undefined || entry !== mine) return;
          line.press(key);
          if (index + 1 < what.length) line.after(settings.gap, () => press(index + 1));
        };
        if (what.length > 0) line.after(line.think(event.overallTimeout), () => press(0));
      };
    },
  };
}

type Listening = Extract<SessionEvent, { type: 'listening' }>;

function decide(
  event: Listening,
  line: CallerLine,
  settings: Required<WalkerOptions>,
  keys: readonly string[],
): readonly string[] | 'hang-up' {
  const { random } = line;
  const [hangUp, quiet, odd] = [random.chance(settings.hangUp), random.chance(settings.quiet), random.chance(settings.odd)];
  const least = Math.max(1, event.minDigits);
  const most = Math.max(least, Math.min(event.maxDigits, settings.longestEntry));
  const length = event.completeOnHash ? random.int(least, most) : event.maxDigits;
  const strange = random.pick(['#', '*', 'short', 'long']);
  const endsWithHash = random.chance(0.8);
  if (hangUp) return 'hang-up';
  if (quiet) return [];
  const digits = (count: number): string[] => Array.from({ length: count }, () => keys[random.int(0, keys.length - 1)] ?? '1');
  if (odd && (strange === '#' || strange === '*')) return [strange];
  if (odd) return digits(strange === 'short' ? Math.max(0, least - 1) : event.maxDigits + 1);
  return event.completeOnHash && endsWithHash ? [...digits(length), '#'] : digits(length);
}

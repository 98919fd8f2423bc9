import { checkedByMaker, checkOptions, type OptionChecks } from '../../arguments/check-argument.ts';
import { checkReasons, checkWhole, type EntryExample, makeValidator, refuse, type Validator, type ValidatorOptions } from './validator.ts';

/** Options of `amount`. */
export interface AmountOptions extends ValidatorOptions {
  /** The most that is taken, in minor units: 50000 for 500 dollars. */
  readonly max: number;
  /** The least, in minor units. @default 1 */
  readonly min?: number;
  /** Decimal places of the currency: 2 for dollars, 0 for yen, 3 for dinars. @default 2 */
  readonly decimals?: number;
}

const CHECKS: OptionChecks<AmountOptions> = { reasons: checkReasons, max: checkedByMaker, min: checkedByMaker, decimals: checkedByMaker };

/**
 * An amount of money in minor units (cents), `*` being the decimal point: with two decimals `12*5` is 1250, `12` is 1200 and `*50` is 50.
 *
 * @throws EffectArgumentError `HS_ASK_VALIDATOR` for bounds that can't be.
 */
export function amount(options: AmountOptions): Validator<number> {
  checkOptions('amount', options, CHECKS);
  const { max, min = 1, decimals = 2, reasons = {} } = options;
  checkWhole('amount', 'min', min, 0, Number.MAX_SAFE_INTEGER);
  checkWhole('amount', 'max', max, min, Number.MAX_SAFE_INTEGER);
  checkWhole('amount', 'decimals', decimals, 0, 4);
  const unit = 10 ** decimals;
  const written = decimals === 0 ? /^(\d+)$/ : new RegExp(`^(?=\\*?\\d)(\\d*)(?:\\*(\\d{0,${decimals}}))?$`);
  return makeValidator({
    name: 'amount',
    minDigits: 1,
    maxDigits: String(Math.floor(max / unit)).length + (decimals === 0 ? 0 : 1 + decimals),
    star: decimals === 0 ? null : 'point',
    leadingZeros: true,
    reasons,
    check(entry) {
      const match = written.exec(entry);
      if (match === null) return refuse('notAnAmount', reasons);
      const minor = Number(match[1]) * unit + Number((match[2] ?? '').padEnd(decimals, '0'));
      if (minor < min) return refuse('amountTooLow', reasons);
      return minor > max ? refuse('amountTooHigh', reasons) : minor;
    },
    examples() {
      const examples: EntryExample[] = [{ label: 'valid', entry: keyed(max, decimals), valid: true }];
      if (min > 0) examples.push({ label: 'too low', entry: '0', valid: false });
      if (max % unit !== unit - 1) examples.push({ label: 'too high', entry: keyed(max + 1, decimals), valid: false });
      if (decimals > 0) examples.push({ label: 'no amount', entry: '**', valid: false });
      return examples;
    },
  });
}

function keyed(minor: number, decimals: number): string {
  if (decimals === 0) return String(minor);
  const written = String(minor).padStart(decimals + 1, '0');
  return `${written.slice(0, -decimals)}*${written.slice(-decimals)}`;
}

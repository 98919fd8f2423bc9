/** Whether the last digit of a card number is the one that the others ask for (Luhn, ISO/IEC 7812). */
export function passesLuhn(number: string): boolean {
  return luhnSum(number) % 10 === 0;
}

/** `digits` and the check digit that makes them pass. */
export function withCheckDigit(digits: string): string {
  return `${digits}${(10 - (luhnSum(`${digits}0`) % 10)) % 10}`;
}

function luhnSum(number: string): number {
  let sum = 0;
  for (let index = 0; index < number.length; index++) {
    const digit = Number(number[number.length - 1 - index]);
    sum += index % 2 === 0 ? digit : digit * 2 - (digit > 4 ? 9 : 0);
  }
  return sum;
}

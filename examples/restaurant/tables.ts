/** What a guest wants: day as `2026-01-24`, time as `20:00`. */
export interface Wish {
  readonly guests: number;
  readonly day: string;
  readonly time: string;
}

/** A booking, as the reservation book has it. */
export interface Booking extends Wish {
  readonly number: string;
}

const TABLES = 3;
/** The reservation book. A real one is a service that is called with the step's idempotency key, so that nothing is booked twice. */
const holds = new Map<string, Wish>();
const bookings = new Map<string, Booking>([['2001', { number: '2001', guests: 2, day: '2026-01-24', time: '20:00' }]]);

/** Keeps a table for a few minutes; null where all are taken. */
export async function holdTable(wish: Wish, key: string): Promise<string | null> {
  const taken = [...holds.values(), ...bookings.values()].filter(({ day, time }) => day === wish.day && time === wish.time);
  if (taken.length >= TABLES && !holds.has(key)) return null;
  holds.set(key, wish);
  return key;
}

/** Gives a table back that was held. */
export async function releaseTable(hold: string): Promise<void> {
  holds.delete(hold);
}

/** Books the table that was held, and gives the booking's number. */
export async function bookTable(hold: string): Promise<string> {
  const wish = holds.get(hold);
  const number = String(2_002 + bookings.size);
  if (wish !== undefined) bookings.set(number, { ...wish, number });
  holds.delete(hold);
  return number;
}

/** The booking of that number. */
export async function findBooking(number: string): Promise<Booking | null> {
  return bookings.get(number) ?? null;
}

/** Takes a booking out of the book. */
export async function cancelBooking(number: string): Promise<void> {
  bookings.delete(number);
}

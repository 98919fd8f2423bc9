/** An appointment, as the practice's own system gives it. Times as ISO 8601, because what a step gives back must be JSON. */
export interface Appointment {
  readonly id: string;
  readonly patient: string;
  readonly phone: string;
  readonly at: string;
}

/** A system of one patient, in place of the practice's own. */
const appointments: readonly Appointment[] = [{ id: 'A-17', patient: 'Ann Lee', phone: '+6591234567', at: '2026-01-08T02:30:00Z' }];
const slots = ['2026-01-09T01:00:00Z', '2026-01-12T06:15:00Z'];

/** The appointment with that id. */
export async function findById(id: string): Promise<Appointment | null> {
  return appointments.find((appointment) => appointment.id === id) ?? null;
}

/** The next appointment of whoever has that number. 8x8 gives numbers with or without `+`. */
export async function findByPhone(phone: string | null): Promise<Appointment | null> {
  return phone === null ? null : (appointments.find((appointment) => appointment.phone === `+${phone.replace('+', '')}`) ?? null);
}

/** Notes that the patient comes. */
export async function confirmAppointment(_id: string, _key: string): Promise<void> {}

/** Times that are free, three at most. */
export async function freeSlots(): Promise<readonly string[]> {
  return slots;
}

/** Moves an appointment, unless the time was taken meanwhile. */
export async function moveAppointment(_id: string, at: string, _key: string): Promise<'moved' | 'taken'> {
  return slots.includes(at) ? 'moved' : 'taken';
}

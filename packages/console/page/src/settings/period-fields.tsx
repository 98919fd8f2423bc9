import { useId } from 'preact/hooks';
import { ownZone, zonedTime } from '../lib/call-time.ts';

/** When something holds, as it is chosen: `choice` is one of the quick ones, `at` what a clock of this machine shows. */
export interface Period {
  readonly starts: 'now' | 'at';
  readonly startsAt: string;
  readonly ends: 'open' | 'hour' | 'hours' | 'evening' | 'midnight' | 'at';
  readonly endsAt: string;
}

export const AT_ONCE: Period = { starts: 'now', startsAt: '', ends: 'open', endsAt: '' };
const HOUR = 3_600_000;
const EVENING = 18;

/** A period that is set, as the fields show it. */
export function periodOf({ startsAt, until }: { readonly startsAt: string | null; readonly until: string | null }, now: number): Period {
  const isLater = startsAt !== null && Date.parse(startsAt) > now;
  return {
    starts: isLater ? 'at' : 'now',
    startsAt: isLater ? localTime(Date.parse(startsAt)) : '',
    ends: until === null ? 'open' : 'at',
    endsAt: until === null ? '' : localTime(Date.parse(until)),
  };
}

/** What a period is as times, ISO 8601; a time that is not typed in full is sent as it is, so that the server says so. */
export function periodTimes({ starts, startsAt, ends, endsAt }: Period, now: number): { startsAt: string | null; until: string | null } {
  return { startsAt: starts === 'now' ? null : written(startsAt), until: endOf(ends, endsAt, now) };
}

function endOf(ends: Period['ends'], typed: string, now: number): string | null {
  switch (ends) {
    case 'open':
      return null;
    case 'hour':
      return new Date(now + HOUR).toISOString();
    case 'hours':
      return new Date(now + 4 * HOUR).toISOString();
    case 'evening':
      return new Date(new Date(now).setHours(EVENING, 0, 0, 0)).toISOString();
    case 'midnight':
      return new Date(new Date(now).setHours(24, 0, 0, 0)).toISOString();
    case 'at':
      return written(typed);
  }
}

function written(local: string): string {
  return local === '' ? '' : (zonedTime(local, ownZone()) ?? local);
}

function localTime(at: number): string {
  const date = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** From when and until when, with quick choices. */
export function PeriodFields({
  value,
  onChange,
  error,
  now,
}: {
  readonly value: Period;
  readonly onChange: (value: Period) => void;
  readonly error: string | null;
  readonly now: number;
}) {
  const id = useId();
  const described = { 'aria-invalid': error !== null, 'aria-describedby': error === null ? undefined : id };
  const zone = ownZone();
  return (
    <>
      <div class="field-row">
        <label class="field">
          <span>Starts</span>
          <select
            value={value.starts}
            onChange={({ currentTarget }) => onChange({ ...value, starts: currentTarget.value as Period['starts'] })}
          >
            <option value="now">At once</option>
            <option value="at">At another time …</option>
          </select>
        </label>
        <label class="field">
          <span>Ends</span>
          <select
            value={value.ends}
            {...described}
            onChange={({ currentTarget }) => onChange({ ...value, ends: currentTarget.value as Period['ends'] })}
          >
            <option value="open">Not by itself</option>
            <option value="hour">In an hour</option>
            <option value="hours">In four hours</option>
            {new Date(now).getHours() < EVENING && <option value="evening">At 18:00</option>}
            <option value="midnight">At midnight</option>
            <option value="at">At another time …</option>
          </select>
        </label>
      </div>
      {value.starts === 'at' && (
        <label class="field">
          <span>Start ({zone})</span>
          <input
            type="datetime-local"
            value={value.startsAt}
            {...described}
            onInput={({ currentTarget }) => onChange({ ...value, startsAt: currentTarget.value })}
          />
        </label>
      )}
      {value.ends === 'at' && (
        <label class="field">
          <span>End ({zone})</span>
          <input
            type="datetime-local"
            value={value.endsAt}
            {...described}
            onInput={({ currentTarget }) => onChange({ ...value, endsAt: currentTarget.value })}
          />
        </label>
      )}
      {error !== null && (
        <p class="form-error" id={id} role="alert">
          {error}
        </p>
      )}
    </>
  );
}

import { useId } from 'preact/hooks';
import { allZones, ownZone, spokenTime } from '../lib/call-time.ts';

/** What is chosen: the real time, an example of the flow's, or what a clock of a zone shows. */
export interface ChosenTime {
  readonly choice: string;
  readonly local: string;
  readonly zone: string;
}

export const NOW: ChosenTime = { choice: 'now', local: '', zone: ownZone() };
/** The choice of a time that is no example. */
export const ANOTHER = 'another';

/** What time the next call is told. */
export function TimeChoice({
  times,
  value,
  onChange,
}: {
  readonly times: readonly string[];
  readonly value: ChosenTime;
  readonly onChange: (value: ChosenTime) => void;
}) {
  const zones = useId();
  return (
    <>
      <label class="field">
        <span>Time of the call</span>
        <select value={value.choice} onChange={({ currentTarget }) => onChange({ ...value, choice: currentTarget.value })}>
          <option value="now">Now</option>
          {times.map((time) => (
            <option key={time} value={time}>
              {spokenTime(time)}
            </option>
          ))}
          <option value={ANOTHER}>Another time …</option>
        </select>
      </label>
      {value.choice === ANOTHER && (
        <div class="field-row">
          <label class="field">
            <span>Date and time</span>
            <input
              type="datetime-local"
              required
              value={value.local}
              onInput={({ currentTarget }) => onChange({ ...value, local: currentTarget.value })}
            />
          </label>
          <label class="field">
            <span>Time zone</span>
            <input
              type="text"
              required
              list={zones}
              value={value.zone}
              onInput={({ currentTarget }) => onChange({ ...value, zone: currentTarget.value })}
            />
            <datalist id={zones}>
              {allZones().map((zone) => (
                <option key={zone} value={zone} />
              ))}
            </datalist>
          </label>
        </div>
      )}
    </>
  );
}

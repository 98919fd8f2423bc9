import { useEffect, useState } from 'preact/hooks';
import { messageOf } from '../lib/api.ts';
import { zonedTime } from '../lib/call-time.ts';
import { callers, declared, languages, numbers, phoneError, placeCall, placing, times } from '../lib/phone.ts';
import { own } from '../lib/own.ts';
import { flows } from '../lib/state.ts';
import { Icon } from './icons.tsx';
import { type ChosenSettings, SettingsChoice, typedSettings } from './settings-choice.tsx';
import { ANOTHER, NOW, TimeChoice } from './time-choice.tsx';

const CALLER = '+6590000001';
const NUMBER = '\\+?[1-9][0-9 ]{6,18}';
const SHAPE = 'A number with its country code, 7 to 15 digits, such as +6590000001';

/** Who calls whom. */
export function PhoneForm({ flow, onFlow }: { readonly flow: string; readonly onFlow: (flow: string) => void }) {
  const [direction, setDirection] = useState<'inbound' | 'outbound'>('inbound');
  const [typed, setTyped] = useState<string | null>(null);
  const [withheld, setWithheld] = useState(false);
  const [service, setService] = useState<string | null>(null);
  const [params, setParams] = useState('');
  const [language, setLanguage] = useState('');
  const [time, setTime] = useState(NOW);
  const [set, setSet] = useState<ChosenSettings>({});
  const person = typed ?? own(callers.value, flow) ?? CALLER;
  const ours = service ?? own(numbers.value, flow) ?? '';
  const outbound = direction === 'outbound';
  const spoken = own(languages.value, flow) ?? [];
  useEffect(() => {
    setService(null);
    setLanguage('');
    setTime(NOW);
    setSet({});
  }, [flow]);

  const submit = (event: Event): void => {
    event.preventDefault();
    const at = time.choice === 'now' ? undefined : time.choice === ANOTHER ? zonedTime(time.local, time.zone) : time.choice;
    if (at === null) {
      phoneError.value = `There is no time zone "${time.zone}". Write one like Asia/Singapore.`;
      return;
    }
    try {
      const given = params.trim() === '' || !outbound ? {} : (JSON.parse(params) as Record<string, unknown>);
      const [from, to] = outbound ? [plain(ours), plain(person)] : [withheld ? null : plain(person), plain(ours)];
      const more = { ...(outbound ? { params: given } : {}), ...(outbound && language !== '' ? { language } : {}) };
      const settings = typedSettings(own(declared.value, flow) ?? {}, set);
      void placeCall({ flow, from, to, direction, ...more, settings, ...(at === undefined ? {} : { at }) });
    } catch (error) {
      phoneError.value = `The params are no JSON: ${messageOf(error)}. Write them like {"name": "Ann"}.`;
    }
  };

  return (
    <form class="phone-form" onSubmit={submit}>
      <label class="field">
        <span>Flow</span>
        <select value={flow} onChange={({ currentTarget }) => onFlow(currentTarget.value)}>
          {flows.value.map(({ name }) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <fieldset class="choice">
        <legend>Direction</legend>
        <label>
          <input type="radio" name="direction" checked={!outbound} onChange={() => setDirection('inbound')} />
          <span>I call the flow</span>
        </label>
        <label>
          <input type="radio" name="direction" checked={outbound} onChange={() => setDirection('outbound')} />
          <span>The flow calls me</span>
        </label>
      </fieldset>
      <label class="field">
        <span>Your number</span>
        <input
          type="tel"
          value={person}
          required={!withheld || outbound}
          disabled={withheld && !outbound}
          pattern={NUMBER}
          title={SHAPE}
          onInput={({ currentTarget }) => setTyped(currentTarget.value)}
        />
      </label>
      {!outbound && (
        <label class="check">
          <input type="checkbox" checked={withheld} onChange={({ currentTarget }) => setWithheld(currentTarget.checked)} />
          <span>Withhold it</span>
        </label>
      )}
      <label class="field">
        <span>{outbound ? 'The flow’s number' : 'Number you call'}</span>
        <input
          type="tel"
          value={ours}
          required
          pattern={NUMBER}
          title={SHAPE}
          onInput={({ currentTarget }) => setService(currentTarget.value)}
        />
      </label>
      {outbound && (
        <label class="field">
          <span>Params (JSON)</span>
          <textarea
            rows={2}
            value={params}
            placeholder="{}"
            spellcheck={false}
            onInput={({ currentTarget }) => setParams(currentTarget.value)}
          />
        </label>
      )}
      {outbound && spoken.length > 0 && (
        <label class="field">
          <span>Language</span>
          <select value={language} onChange={({ currentTarget }) => setLanguage(currentTarget.value)}>
            <option value="">The flow’s own</option>
            {spoken.map((one) => (
              <option key={one} value={one}>
                {one}
              </option>
            ))}
          </select>
        </label>
      )}
      <SettingsChoice declared={own(declared.value, flow) ?? {}} value={set} onChange={setSet} />
      <TimeChoice times={own(times.value, flow) ?? []} value={time} onChange={setTime} />
      {phoneError.value !== null && (
        <p class="form-error" role="alert">
          {phoneError.value}
        </p>
      )}
      <button type="submit" class="button button-call" disabled={placing.value || own(numbers.value, flow) === undefined}>
        <Icon name="phone" size={18} />
        <span>{placing.value ? 'Calling …' : outbound ? 'Let it call' : 'Call'}</span>
      </button>
      <p class="phone-hint">
        This machine plays 8x8: your server gets the same webhooks as in production. Keys work on the keypad and on your keyboard.
      </p>
    </form>
  );
}

function plain(number: string): string {
  return number.replace(/\s/g, '');
}

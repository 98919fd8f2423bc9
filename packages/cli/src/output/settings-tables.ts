import type { ChangedSettingView, IntakeView, OverrideView, SettingsView, SettingView } from '@hookswitch/runtime/inside';

type Row = readonly string[];

/** What holds now, as tables: one for each flow, one for numbers, one for what is not used. */
export function settingsTables({
  flows,
  numbers,
  ignored,
}: SettingsView): readonly { readonly title: string; readonly rows: readonly Row[] }[] {
  const tables = flows.map(({ flow, settings, intake }) => ({
    title: flow,
    rows: [['intake', intake.open ? 'open' : `closed: ${quoted(intake.heard)}`, setBy(intake)], ...settings.map(settingRow)],
  }));
  const set = numbers.filter(({ intake }) => intake.override !== null);
  const unused = [...flows.flatMap((flow) => flow.ignored.map((one) => ({ ...one, flow: flow.flow }))), ...ignored];
  return [
    ...tables,
    ...(set.length === 0
      ? []
      : [
          {
            title: 'Numbers',
            rows: set.map(({ number, intake }) => [number, intake.open ? 'open' : `closed: ${quoted(intake.heard)}`, setBy(intake)]),
          },
        ]),
    ...(unused.length === 0
      ? []
      : [{ title: 'Stored and not used', rows: unused.map(({ flow, name, value, why }) => [flow, name, shown(value), why]) }]),
  ];
}

function settingRow(setting: SettingView): Row {
  return [
    setting.name,
    shown(setting.value),
    setBy(setting),
    setting.label === setting.name ? setting.kind : `${setting.kind}: ${setting.label}`,
  ];
}

function setBy({ override }: Pick<IntakeView | SettingView, 'override'>): string {
  if (override === null) return 'default';
  const { by, at, reason } = override;
  return [`${stateOf(override)}set by ${by} at ${at}`, ...(reason === null ? [] : [`(${reason})`])].join(' ');
}

function stateOf({ state, value, startsAt, until }: OverrideView): string {
  if (state === 'later') return `${shown(value)} from ${startsAt ?? ''}${until === null ? '' : ` until ${until}`}, `;
  if (state === 'over') return `${shown(value)} was over at ${until ?? ''}, `;
  return until === null ? '' : `until ${until}, `;
}

/** Changes, newest first. */
export function historyTable(entries: readonly ChangedSettingView[]): readonly Row[] {
  const rows = entries.map((entry): Row => {
    const { id, at, by, undoes, after } = entry;
    return [at, by, what(entry), kept(entry.before), kept(after), after?.reason ?? (undoes === null ? '' : `undoes ${undoes}`), id];
  });
  return [['AT', 'BY', 'WHAT', 'BEFORE', 'AFTER', 'WHY', 'ID'], ...rows];
}

/** A change in one line. */
export function changeLine(change: ChangedSettingView): string {
  const { before, after } = change;
  const period = [
    ...(after === null || after.startsAt === null ? [] : [` from ${after.startsAt}`]),
    ...(after === null || after.until === null ? [] : [` until ${after.until}`]),
  ].join('');
  return `${what(change)}: ${kept(after)}${period} (was ${kept(before)})`;
}

function what({ flow, number, name }: ChangedSettingView): string {
  return `${number ?? flow ?? ''} ${name}`;
}

function kept(one: ChangedSettingView['before']): string {
  return one === null ? 'default' : shown(one.value);
}

function shown(value: OverrideView['value']): string {
  if (typeof value === 'object' && value !== null)
    return value.open ? 'open' : value.says === null ? 'closed' : `closed: ${quoted(value.says)}`;
  return typeof value === 'string' ? quoted(value) : String(value);
}

function quoted(text: string): string {
  return JSON.stringify(text);
}

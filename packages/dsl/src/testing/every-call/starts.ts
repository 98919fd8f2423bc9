import { settingClasses } from '../../effects/setting-classes.ts';
import type { FlowModule } from '../../flow/flow-options.ts';
import type { AnySettingValues, SettingDeclarations, Settings } from '../../flow/settings.ts';
import type { CallStart, EveryCallOptions } from './options.ts';

/** The beginnings of calls: those that the test gives, else the ordinary one and one for each example, language and direction of the flow; each at the times of `at`. */
export function callStarts<P>(flow: FlowModule<P>, { calls, at }: EveryCallOptions<P>): readonly CallStart<P>[] {
  const starts = calls ?? examplesOf(flow);
  if (at === undefined) return unique(starts);
  const times = Array.isArray(at) ? (at as readonly CallStart['now'][]) : [at as CallStart['now']];
  return unique(starts.flatMap((start) => times.map((now) => ({ ...start, now }) as CallStart<P>)));
}

/** The values that are not as declared. */
export function changedOf({ declared }: Settings, values: AnySettingValues): AnySettingValues {
  return Object.fromEntries(Object.entries(values).filter(([name, value]) => (declared as SettingDeclarations)[name]?.default !== value));
}

function examplesOf<P>({ options: { examples, voices, language, settings } }: FlowModule<P>): readonly CallStart<P>[] {
  // A call that we place has the first params of the examples, as in exploration.
  const [first] = examples.params ?? [];
  const params = first === undefined ? {} : { params: first as P };
  return [
    {},
    ...(settings === null
      ? []
      : settingClasses(settings)
          .slice(1)
          .map(({ values }) => ({ settings: changedOf(settings, values) }))),
    ...(examples.direction ?? []).map((direction) => ({ direction, ...(direction === 'outbound' ? params : {}) })),
    ...(examples.from ?? []).map((from) => ({ from })),
    ...(examples.to ?? []).map((to) => ({ to })),
    ...(examples.at ?? []).map((now) => ({ now })),
    ...(examples.params ?? []).map((given) => ({ direction: 'outbound' as const, params: given as P })),
    ...Object.keys(voices)
      .filter((key) => key !== '' && key !== language)
      .map((key) => ({ language: key })),
  ];
}

function unique<P>(starts: readonly CallStart<P>[]): readonly CallStart<P>[] {
  return [...new Map(starts.map((start) => [JSON.stringify(start), start])).values()];
}

import type { InsightFigures } from '../../../src/views.ts';
import { zonedTime } from '../lib/call-time.ts';
import { href } from '../lib/route.ts';
import { ENDINGS, nameOf, partOf } from './words.ts';

/** What all figures of a page are of. */
export interface Scope {
  readonly flow: string;
  /** One of our own, as the server shows it; empty for all. */
  readonly number: string;
  /** IANA, of the days. */
  readonly zone: string;
}

interface Both {
  readonly scope: Scope;
  readonly figures: InsightFigures;
  readonly compared: InsightFigures | null;
}

/** How calls came out, one line each; the second column is what they are compared with. */
export function Endings({ scope, figures, compared }: Both) {
  const { zone } = scope;
  const shown = ENDINGS.filter(([name]) => figures.endings[name] > 0 || (compared?.endings[name] ?? 0) > 0);
  return (
    <section aria-labelledby="insight-endings">
      <h2 id="insight-endings">How calls came out</h2>
      <div class="table-frame">
        <table class="insight-table">
          <thead>
            <tr>
              <th scope="col">Ending</th>
              <th scope="col" class="right">
                {nameOf(figures, zone)}
              </th>
              {compared !== null && (
                <th scope="col" class="right">
                  {nameOf(compared, zone)}
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">All calls</th>
              <td class="right">
                <a href={callsOf(scope, figures)}>{figures.calls.toLocaleString('en-US')}</a>
              </td>
              {compared !== null && (
                <td class="right">
                  <a href={callsOf(scope, compared)}>{compared.calls.toLocaleString('en-US')}</a>
                </td>
              )}
            </tr>
            {shown.map(([name, words, means]) => (
              <tr key={name} title={means}>
                <th scope="row">{words}</th>
                <td class="right">{partOf(figures.endings[name], figures.calls)}</td>
                {compared !== null && <td class="right">{partOf(compared.endings[name], compared.calls)}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** The sites at which calls ended, most of them first, with what is behind each figure. */
export function GiveUps({ scope, figures, compared }: Both) {
  const { zone } = scope;
  const sites = figures.sites.filter(({ exits }) => exits > 0);
  return (
    <section aria-labelledby="insight-exits">
      <h2 id="insight-exits">Where callers give up</h2>
      {sites.length === 0 ? (
        <p class="soft">No call ended while something was waited for.</p>
      ) : (
        <div class="table-frame">
          <table class="insight-table">
            <thead>
              <tr>
                <th scope="col">Site</th>
                <th scope="col" class="right">
                  Ended here
                </th>
                <th scope="col" class="right">
                  Came by
                </th>
                {compared !== null && (
                  <th scope="col" class="right">
                    {nameOf(compared, zone)}
                  </th>
                )}
                <th scope="col" class="right">
                  Hung up
                </th>
                <th scope="col" class="right">
                  Silence
                </th>
                <th scope="col" class="right">
                  No match
                </th>
                <th scope="col" class="right">
                  Invalid
                </th>
                <th scope="col" class="right">
                  Median, p90
                </th>
              </tr>
            </thead>
            <tbody>
              {sites.map((one) => {
                const other = compared?.sites.find(({ site }) => site === one.site);
                return (
                  <tr key={one.site}>
                    <th scope="row">
                      <a href={callsOf(scope, figures, one.site)}>{one.site}</a>
                    </th>
                    <td class="right">{partOf(one.exits, one.calls)}</td>
                    <td class="right">{one.calls.toLocaleString('en-US')}</td>
                    {compared !== null && <td class="right">{other === undefined ? '–' : partOf(other.exits, other.calls)}</td>}
                    <td class="right">{one.hangups.toLocaleString('en-US')}</td>
                    <td class="right">{one.silence.toLocaleString('en-US')}</td>
                    <td class="right">{one.noMatch.toLocaleString('en-US')}</td>
                    <td class="right">{one.invalid.toLocaleString('en-US')}</td>
                    <td class="right">{one.time === null ? '–' : `${one.time.median} s, ${one.time.p90} s`}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

/** Calls day by day: a bar each, the part that was abandoned or failed in red. A click leads to the calls of the day. */
export function Days({ scope, figures }: Omit<Both, 'compared'>) {
  const most = Math.max(1, ...figures.days.map(({ calls }) => calls));
  return (
    <section aria-labelledby="insight-days">
      <h2 id="insight-days">Day by day</h2>
      <ol class="insight-days">
        {figures.days.map(({ day, calls, endings }) => {
          const bad = endings.abandoned + endings.failed;
          const words = `${day}: ${calls.toLocaleString('en-US')} calls, ${bad.toLocaleString('en-US')} abandoned or failed`;
          return (
            <li key={day}>
              <a href={callsOf(scope, dayIn(day, scope.zone, figures))} title={words} aria-label={words}>
                <span class="insight-bar" style={{ height: `${(calls / most) * 100}%` }}>
                  <span class="insight-bad" style={{ height: `${calls === 0 ? 0 : (bad / calls) * 100}%` }} />
                </span>
              </a>
            </li>
          );
        })}
      </ol>
      <p class="soft insight-range">
        <span>{figures.days[0]?.day}</span>
        <span>{figures.days.at(-1)?.day}</span>
      </p>
    </section>
  );
}

/** Tags, results and outcomes: few words each. */
export function Values({ figures }: { readonly figures: InsightFigures }) {
  const lists = [
    ['Results', figures.results.map(({ value, count }) => [value, count] as const)],
    ['Tags', figures.tags.map(({ tag, value, count }) => [`${tag} = ${value}`, count] as const)],
    ['Bridges', figures.bridges.map(({ site, outcome, count }) => [`${site}: ${outcome}`, count] as const)],
    ['Steps', figures.steps.map(({ site, outcome, count }) => [`${site}: ${outcome}`, count] as const)],
    ['Signals', figures.signals.map(({ site, outcome, count }) => [`${site}: ${outcome}`, count] as const)],
    ['Errors', figures.errors.map(({ value, count }) => [value, count] as const)],
  ] as const;
  return (
    <div class="insight-values">
      {lists
        .filter(([, values]) => values.length > 0)
        .map(([title, values]) => (
          <section key={title}>
            <h2>{title}</h2>
            <dl>
              {values.slice(0, 12).map(([words, count]) => (
                <div key={words}>
                  <dt>{words}</dt>
                  <dd>{count.toLocaleString('en-US')}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
    </div>
  );
}

type Span = Pick<InsightFigures, 'since' | 'until'>;

/** The calls behind a figure, as the list of calls finds them; that of a masked number finds none, so those of all numbers. */
export function callsOf({ flow, number }: Scope, { since, until }: Span, site?: string): string {
  return href('calls', [], { flow, site, number: /^\+?\d+$/.test(number) ? number : '', startedAfter: since, startedBefore: until });
}

const HOUR = 3_600_000;

/** A day of the zone, as far as it lies in the period: an hour belongs to the day on which it begins. */
function dayIn(day: string, zone: string, { since, until }: Span): Span {
  const next = new Date(Date.parse(day) + 24 * HOUR).toISOString().slice(0, 10);
  const begins = (date: string): number => Math.ceil(Date.parse(zonedTime(`${date}T00:00`, zone) ?? `${date}T00:00Z`) / HOUR) * HOUR;
  return {
    since: new Date(Math.max(begins(day), Date.parse(since))).toISOString(),
    until: new Date(Math.min(begins(next), Date.parse(until))).toISOString(),
  };
}

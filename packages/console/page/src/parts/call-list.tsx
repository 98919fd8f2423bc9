import type { CallView } from '../../../src/views.ts';
import { endedByText } from '../lib/ended-by.ts';
import { count, duration, elapsed, fullTime, shortTime } from '../lib/format.ts';
import { href } from '../lib/route.ts';
import { siteOf } from '../lib/site.ts';
import { useServerTime } from '../lib/time.ts';
import { Icon } from './icons.tsx';
import { Status } from './status.tsx';

/** Calls, one a row: where live ones stand and since when, and how others came to their end. */
export function CallList({ calls, loading }: { readonly calls: readonly CallView[]; readonly loading: boolean }) {
  const now = useServerTime(calls.some(({ endedAt }) => endedAt === null));
  return (
    <div class="table-frame" aria-busy={loading}>
      <table class="calls">
        <caption class="hidden">{count(calls.length, 'call')}</caption>
        <thead>
          <tr>
            <th scope="col">Started</th>
            <th scope="col">Flow</th>
            <th scope="col">Caller and called</th>
            <th scope="col">Site</th>
            <th scope="col">Outcome</th>
            <th scope="col" class="right">
              Duration
            </th>
          </tr>
        </thead>
        <tbody>
          {calls.map((call) => (
            <Row key={call.id} call={call} now={now} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ call, now }: { readonly call: CallView; readonly now: number }) {
  const started = Date.parse(call.startedAt);
  const ended = call.endedAt === null ? null : Date.parse(call.endedAt);
  const since = call.siteSince === null ? null : Date.parse(call.siteSince);
  const site = siteOf(call);
  const by = endedByText(call);
  return (
    <tr>
      <td class="cell-time">
        <a class="row-link" href={href('calls', [call.id])} title={fullTime(started)} data-call={call.id}>
          {shortTime(started)}
        </a>
      </td>
      <td class="cell-flow">
        {call.flow}
        {Object.keys(call.tags).length > 0 && (
          <span class="cell-tags">
            <span class="hidden">Tags: </span>
            {Object.entries(call.tags)
              .map(([name, value]) => `${name}: ${value}`)
              .join(', ')}
          </span>
        )}
      </td>
      <td class="cell-parties">
        <span title={call.direction === 'inbound' ? 'Inbound' : 'Outbound'}>
          <Icon name={call.direction === 'inbound' ? 'in' : 'out'} />
          <span class="hidden">{call.direction}</span>
        </span>
        <span class="number">{call.from ?? 'withheld'}</span>
        <span class="soft">
          <span aria-hidden="true">→</span>
          <span class="hidden">to</span>
        </span>
        <span class="number">{call.to}</span>
      </td>
      <td class="cell-site">
        <span class="site-name">{site ?? ''}</span>
        {ended === null && site !== null && since !== null && (
          <span class="cell-since">
            <span class="hidden">for </span>
            {elapsed(now - since)}
          </span>
        )}
      </td>
      <td class="cell-status">
        <Status call={call} />
        {by !== '' && <span class="cell-ended">{by}</span>}
      </td>
      <td class="cell-duration right">{ended === null ? elapsed(now - started) : duration(Math.max(0, ended - started))}</td>
    </tr>
  );
}

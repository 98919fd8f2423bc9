import type { CallListView, CallView } from '../../../src/views.ts';
import { get, url } from '../lib/api.ts';
import { endedByText } from '../lib/ended-by.ts';
import { duration, shortTime } from '../lib/format.ts';
import { href } from '../lib/route.ts';
import { useLoaded } from '../lib/use-loaded.ts';

const MANY = '5';

/** The five calls that stand or ended at a site last. */
export function RecentCalls({ flow, site, isLinked }: { readonly flow: string; readonly site: string; readonly isLinked: boolean }) {
  const { value, error } = useLoaded((signal) => get<CallListView>(url(['calls'], { flow, site, limit: MANY }), signal), [flow, site]);
  if (value === null) return <p class="soft">{error ?? 'Loading …'}</p>;
  if (value.calls.length === 0) return <p class="soft">No call stands or ended here.</p>;
  return (
    <ul class="recent">
      {value.calls.map((call) => (
        <li key={call.id}>
          {isLinked ? (
            <a href={href('calls', [call.id])}>{shortTime(Date.parse(call.startedAt))}</a>
          ) : (
            shortTime(Date.parse(call.startedAt))
          )}
          <span class="soft">{howItEnded(call)}</span>
        </li>
      ))}
    </ul>
  );
}

function howItEnded(call: CallView): string {
  if (call.endedAt === null) return 'live';
  const took = duration(Math.max(0, Date.parse(call.endedAt) - Date.parse(call.startedAt)));
  return [took, endedByText(call)].filter(Boolean).join(', ');
}

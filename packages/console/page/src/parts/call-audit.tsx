import type { AuditList } from '../../../src/views.ts';
import { get, url } from '../lib/api.ts';
import { fullTime } from '../lib/format.ts';
import { useLoaded } from '../lib/use-loaded.ts';

const WORDS: Readonly<Record<string, string>> = { 'call.place': 'placed the call', 'call.end': 'asked for its end' };

/** What operators did to a call, for those who may read the audit list; nothing where nobody did anything. */
export function CallAudit({ id, news }: { readonly id: string; readonly news: unknown }) {
  const { value } = useLoaded((signal) => get<AuditList>(url(['audit'], { call: id, limit: '50' }), signal), [id], { news });
  const entries = value?.entries ?? [];
  if (entries.length === 0) return null;
  return (
    <section class="call-audit" aria-labelledby="call-audit">
      <h2 id="call-audit">What operators did</h2>
      <ul>
        {entries.map(({ id: entry, at, label, role, action, result }) => (
          <li key={entry}>
            <time dateTime={at}>{fullTime(Date.parse(at))}</time> <strong>{label}</strong> <span class="soft">({role})</span>{' '}
            {WORDS[action] ?? action}
            {result !== null && result >= 400 && <span class="soft"> — refused, status {result}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}

import { count } from '../lib/format.ts';
import type { OutlineLayer } from './row-says.ts';

/** Calls that stand at sites now. */
export function liveLayer(counts: ReadonlyMap<string, number>): OutlineLayer {
  return {
    heads: ['Live'],
    says: (sites) => {
      const live = sites.reduce((sum, site) => sum + (counts.get(site) ?? 0), 0);
      return live === 0 ? { columns: [''], words: '' } : { columns: [String(live)], words: `${count(live, 'call')} here now` };
    },
  };
}

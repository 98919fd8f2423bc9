import type { TestsView } from '../../../src/views.ts';
import type { OutlineLayer } from './row-says.ts';

/** What tests reach. */
export function testsLayer(tests: TestsView | null): OutlineLayer {
  const taken = new Map(tests?.sites.map((site) => [site.name, site.taken]));
  return {
    heads: ['Tests'],
    says: (sites) => {
      const known = sites.filter((site) => taken.has(site));
      const reached = known.filter((site) => taken.get(site) === true).length;
      if (known.length === 0) return { columns: [''], words: '' };
      if (reached === known.length) return { columns: ['✓'], words: 'reached by tests' };
      if (reached === 0) return { columns: ['none'], words: 'reached by no test' };
      return { columns: [`${reached}/${known.length}`], words: `${reached} of ${known.length} reached by tests` };
    },
  };
}

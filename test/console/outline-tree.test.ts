import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { above, type Branch, branchesOf, rowsOf, sitesOf } from '../../packages/console/page/src/workbench/outline-tree.ts';

const drawn = (branches: readonly Branch[], indent = ''): readonly string[] =>
  branches.flatMap(({ name, isSite, children }) => [`${indent}${name}${isSite ? '' : ' …'}`, ...drawn(children, `${indent}  `)]);

describe('the outline', () => {
  it('folds names by what they begin with', () => {
    const names = ['main', 'book/guests', 'book/day', 'code', 'code-confirm', 'call-back', 'back-office/desk', 'book/day/late'];
    expect(drawn(branchesOf(names))).toEqual([
      'main',
      'book …',
      '  guests',
      '  day',
      '    late',
      'code',
      '  code-confirm',
      'call-back',
      'back-office/desk',
    ]);
  });

  it('keeps the last part of a name that is folded below a site of a folder', () => {
    expect(drawn(branchesOf(['pay/card', 'pay/card-confirm']))).toEqual(['pay/card', '  card-confirm']);
  });

  const names = fc.uniqueArray(
    fc.array(fc.constantFrom('a', 'b', '/', '-', 'constructor'), { minLength: 1, maxLength: 6 }).map((parts) => parts.join('')),
  );

  it('has every site once, whatever sites are called, and knows what has to be open for it to be seen', () => {
    fc.assert(
      fc.property(names, (sites) => {
        const branches = branchesOf(sites);
        expect(branches.flatMap(sitesOf).toSorted()).toEqual(sites.toSorted());
        for (const site of sites) {
          const open = new Set(above(branches, site));
          expect(rowsOf(branches, (path) => open.has(path)).map(({ branch }) => branch.path)).toContain(site);
        }
      }),
    );
  });

  it('shows what is looked for, with what leads there, and nothing else', () => {
    const rows = rowsOf(
      branchesOf(['main', 'book/guests', 'book/day']),
      () => false,
      (site) => site === 'book/day',
    );
    expect(rows.map(({ branch, level, position, siblings, isOpen }) => [branch.path, level, position, siblings, isOpen])).toEqual([
      ['book', 1, 1, 1, true],
      ['book/day', 2, 1, 1, null],
    ]);
  });
});

/** Runs every variant once per round, one after the other, so that whatever slows the machine down meets them all; gives each variant's results in order. */
export async function interleave(variants, rounds, measure) {
  const results = Object.fromEntries(variants.map((variant) => [variant, []]));
  for (let round = 0; round < rounds; round++) for (const variant of variants) results[variant].push(await measure(variant));
  return results;
}

export function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** Smallest and largest. */
export function spread(values, digits = 0) {
  return `${Math.min(...values).toFixed(digits)}–${Math.max(...values).toFixed(digits)}`;
}

/** The ratio of two variants, round by round. */
export function ratios(results, one, other) {
  return results[one].map((result, round) => result.perSecond / results[other][round].perSecond);
}

/** The time that counts, in ms: what a parameter says, or the database's own clock. */
export function moment(parameter: string): string {
  return `coalesce(${parameter}::bigint, floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint)`;
}

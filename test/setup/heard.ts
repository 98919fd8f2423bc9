/** What the test that runs has printed to the console. */
const heard: string[] = [];

export function hear(line: string): void {
  heard.push(line);
}

export function forget(): void {
  heard.length = 0;
}

/** Throws where something was printed, and forgets it. */
export function failIfHeard(): void {
  const unexpected = heard.splice(0);
  if (unexpected.length > 0)
    throw new Error(`This test printed to the console; expect the output or silence its cause:\n${unexpected.join('\n')}`);
}

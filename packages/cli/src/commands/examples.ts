/** The examples at the end of a command's help: the command line and what it is for. */
export function examples(...lines: readonly (readonly [command: string, purpose: string])[]): string {
  const width = Math.max(...lines.map(([command]) => command.length));
  return `\nExamples:\n${lines.map(([command, purpose]) => `  $ hookswitch ${command.padEnd(width)}  ${purpose}`).join('\n')}`;
}

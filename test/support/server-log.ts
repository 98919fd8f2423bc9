/** What a server's log says at which level of trouble, each line once, with how often it came and the first of them. */
export function digestLog(output: string): readonly string[] {
  const lines = new Map<string, { count: number; readonly first: string }>();
  for (const line of output.split('\n')) {
    const parsed = parse(line);
    if (parsed === null) continue;
    const known = lines.get(parsed) ?? { count: 0, first: line };
    known.count++;
    lines.set(parsed, known);
  }
  return [...lines].map(([text, { count, first }]) => `${count} times: ${text}\n     ${first}`);
}

function parse(line: string): string | null {
  if (!line.startsWith('{')) return line.trim() === '' ? null : line;
  try {
    const { msg, reason, err } = JSON.parse(line) as { msg?: string; reason?: string; err?: { message?: string } };
    return [msg, reason, err?.message].filter((part) => part !== undefined).join(': ');
  } catch {
    return line;
  }
}

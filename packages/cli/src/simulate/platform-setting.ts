import type { BehaviourOptions } from '@hookswitch/simulator';
import { InvalidArgumentError } from 'commander';

type Tree = { [name: string]: unknown };

/** `--platform vcaPer=action` or `--platform capture.closingHash=included`, any number of times, as the simulator's `behaviour`. */
export function platformSetting(text: string, before: BehaviourOptions = {}): BehaviourOptions {
  const [, path, value = ''] = /^([A-Za-z]+(?:\.[A-Za-z]+)?)=(.+)$/.exec(text) ?? [];
  if (path === undefined) throw new InvalidArgumentError('Write name=value, for example vcaPer=action or capture.closingHash=included.');
  const [outer = '', inner] = path.split('.');
  const tree = before as Tree;
  const branch = (tree[outer] ?? {}) as Tree;
  return { ...tree, [outer]: inner === undefined ? valueOf(value) : { ...branch, [inner]: valueOf(value) } };
}

/** Numbers, `true`, `false` and `null` are what they say; everything else is a text. */
function valueOf(text: string): unknown {
  return /^(-?\d+(\.\d+)?|true|false|null)$/.test(text) ? (JSON.parse(text) as unknown) : text;
}

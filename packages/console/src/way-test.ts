import type { FlowModule } from '@hookswitch/dsl';
import type { Way } from './test-script/way.ts';
import type { TestView } from './views.ts';

/** A vitest test of a call that goes a way. The test toolkit is loaded when somebody asks for a test. */
export async function testOfWay(way: Way, flow: FlowModule, file: string | null): Promise<TestView> {
  const { writeWayTest } = await import('./test-script/index.ts');
  return writeWayTest(way, flow, file);
}

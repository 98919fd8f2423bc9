import type { FlowModule } from '@hookswitch/dsl';
import type { AppOptions } from '@hookswitch/runtime';
import { CallWorld } from '../../runtime/src/report/call-world.test-support.ts';
import { hookswitchConsole } from './plugin.ts';
import type { TestView } from './views.ts';

export { TOKEN } from '../../runtime/src/report/call-world.test-support.ts';

/** A server whose console is open to a test, and the platform's side of one call. */
export class ConsoleWorld extends CallWorld {
  static override async open(flow: FlowModule, options: Partial<AppOptions> = {}): Promise<ConsoleWorld> {
    return new ConsoleWorld(await CallWorld.serve(flow, { extend: (app) => app.register(hookswitchConsole), ...options }));
  }

  protected override readonly prefix: string = '/console/api';

  /** The newest call as a test. */
  async test(): Promise<TestView> {
    return this.get(`/calls/${await this.callId()}/test`);
  }
}

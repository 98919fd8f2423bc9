/** `@hookswitch/console/inside`: what `@hookswitch/cli` of the same version needs of the console. Not for users: any release may change it. */
export { type ChartView, viewChart } from './diagram/chart-view.ts';
export { renderDiagram } from './diagram/render-diagram.ts';
export { EventStreams } from './event-stream.ts';
export { flowRoutes } from './flow-routes.ts';
export type { FlowTests } from './flow-tests.ts';
export type { ForkTurnView, ForkView } from './fork-views.ts';
export { type Forked, type ForkOrder, playFork, recordedAs, writeForkTest } from './fork/play-fork.ts';
export { answerInOwnWords } from './own-words.ts';
export { PAGE_HEADERS, servePage } from './page.ts';
export type { DevProblem, DevStreamEvents, DevView, PartyDeed, PhoneCallView, PhoneEvent, PhoneOrder, PhoneView } from './phone-views.ts';
export type { Way } from './test-script/way.ts';
export type { CallView, FlowSummary, InfoView, StreamEvents, TestView } from './views.ts';
export { testOfWay } from './way-test.ts';
export { waysOf } from './ways.ts';

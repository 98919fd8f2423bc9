/** `@hookswitch/runtime/inside/views`: types of what the API answers, for the console's page. They lead to no code of the server. Not for users. */
export type { AuditList, AuditQuery, AuditView } from '../api/schemas.ts';
export type { CallListView, CallReport, CallTotalsView, CallView, EventLine, StepLine, TimelineLine, TurnLine } from '../report/lines.ts';
export type { CountedView, InsightFigures, InsightsView } from '../report/insight-view.ts';
export type { LiveCount } from '../store/call-counts.ts';
export type * from '../report/settings-view.ts';

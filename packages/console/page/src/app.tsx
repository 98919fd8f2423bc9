import { useLayoutEffect, useRef } from 'preact/hooks';
import { locked } from './lib/api.ts';
import { focusOn, HEADING } from './lib/focus.ts';
import { place, route } from './lib/route.ts';
import { connection, info, isDev, trouble } from './lib/state.ts';
import { AuditPage } from './pages/audit-page.tsx';
import { CallPage } from './pages/call-page.tsx';
import { CallsPage } from './pages/calls-page.tsx';
import { DiagramPage } from './pages/diagram-page.tsx';
import { ForkPage } from './pages/fork-page.tsx';
import { InsightsPage } from './pages/insights-page.tsx';
import { SettingsPage } from './pages/settings-page.tsx';
import { PhonePage } from './pages/phone-page.tsx';
import { TokenPage } from './pages/token-page.tsx';
import { DevProblem } from './parts/dev-problem.tsx';
import { EmptyState } from './parts/empty-state.tsx';
import { Header } from './parts/header.tsx';
import { Heading } from './parts/heading.tsx';
import { SettingsStrip } from './settings/settings-strip.tsx';

export function App() {
  if (locked.value !== null) return <TokenPage />;
  if (info.value === null)
    return (
      <main class="page">
        {trouble.value !== null && (
          <EmptyState title={<Heading title="The server does not answer" />}>{trouble.value} Is it running?</EmptyState>
        )}
      </main>
    );
  return (
    <>
      <a class="skip" href="#content" onClick={skip}>
        Skip to the content
      </a>
      <Header />
      {connection.value === 'lost' && (
        <p class="notice notice-warn lost" role="status">
          The connection to the server is lost. What you see is what was known last; the page comes back by itself.
        </p>
      )}
      <DevProblem />
      <SettingsStrip />
      <div id="content" tabIndex={-1}>
        <Page />
      </div>
    </>
  );
}

/** The page that the address names. Whoever opens another one reads on from its heading. */
function Page() {
  const { page, parts } = route.value;
  const opened = useRef(place.value);
  useLayoutEffect(() => {
    if (opened.current !== place.value) focusOn(HEADING);
    opened.current = place.value;
  }, [place.value]);
  const [first] = parts;
  if (parts.length > 1) return <Lost />;
  switch (page) {
    case 'calls':
      return first === undefined ? <CallsPage /> : <CallPage key={first} id={first} />;
    case 'diagram':
      return <DiagramPage />;
    case 'fork':
      return first === undefined ? <Lost /> : <ForkPage id={first} />;
    case 'insights':
      return first === undefined ? <InsightsPage /> : <Lost />;
    case 'settings':
      return first === undefined ? <SettingsPage /> : <Lost />;
    case 'audit':
      return first === undefined ? <AuditPage /> : <Lost />;
    case 'phone':
      return isDev.value ? <PhonePage /> : <Lost>The phone is a part of hookswitch dev. </Lost>;
    case '':
      return isDev.value ? <PhonePage /> : <DiagramPage />;
    default:
      return <Lost />;
  }
}

function Lost({ children }: { readonly children?: string }) {
  return (
    <main class="page">
      <EmptyState title={<Heading title="There is no such page" />}>
        {children}
        <a href="#/">Go to the first one</a>.
      </EmptyState>
    </main>
  );
}

/** The page's places are in the hash, so that the usual link would lead away. */
function skip(event: Event): void {
  event.preventDefault();
  document.getElementById('content')?.focus();
}

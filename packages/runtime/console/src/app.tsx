import { locked } from './lib/api.ts';
import { route } from './lib/route.ts';
import { connection, info, isDev, trouble } from './lib/state.ts';
import { CallPage } from './pages/call-page.tsx';
import { CallsPage } from './pages/calls-page.tsx';
import { DiagramPage } from './pages/diagram-page.tsx';
import { PhonePage } from './pages/phone-page.tsx';
import { TokenPage } from './pages/token-page.tsx';
import { DevProblem } from './parts/dev-problem.tsx';
import { EmptyState } from './parts/empty-state.tsx';
import { Header } from './parts/header.tsx';

export function App() {
  if (locked.value !== null) return <TokenPage />;
  if (info.value === null)
    return (
      <main class="page">
        {trouble.value !== null && <EmptyState title="The server does not answer">{trouble.value} Is it running?</EmptyState>}
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
      <div id="content" tabIndex={-1}>
        <Page />
      </div>
    </>
  );
}

function Page() {
  const { page, parts } = route.value;
  const [first] = parts;
  switch (page) {
    case 'calls':
      return first === undefined ? <CallsPage /> : <CallPage key={first} id={first} />;
    case 'diagram':
      return <DiagramPage />;
    case 'phone':
    case '':
      if (isDev.value) return <PhonePage />;
      return page === '' ? <DiagramPage /> : <Lost />;
    default:
      return <Lost />;
  }
}

function Lost() {
  return (
    <main class="page">
      <EmptyState title="There is no such page">
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

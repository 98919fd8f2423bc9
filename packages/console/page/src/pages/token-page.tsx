import { useEffect, useRef, useState } from 'preact/hooks';
import { hasToken, locked, useToken } from '../lib/api.ts';
import { connect } from '../lib/state.ts';
import { Heading } from '../parts/heading.tsx';
import { Logo } from '../parts/icons.tsx';

/** Asks for the API token. It is kept for this tab, and sent with each request. */
export function TokenPage() {
  const [token, setToken] = useState('');
  const [tried, setTried] = useState(hasToken());
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const submit = (event: Event): void => {
    event.preventDefault();
    useToken(token.trim());
    setTried(true);
    void connect();
  };
  const isClosed = locked.value?.includes('HOOKSWITCH_API_TOKEN') === true;
  return (
    <main class="token-page">
      <form class="card" onSubmit={submit}>
        <div class="brand">
          <Logo />
          <Heading title="API token">Hookswitch</Heading>
        </div>
        {isClosed ? (
          <p class="form-error" role="alert">
            {locked.value}
          </p>
        ) : (
          <p>
            Give one of this server’s API tokens (<code>HOOKSWITCH_API_TOKEN</code>). It stays in this tab.
          </p>
        )}
        {tried && !isClosed && (
          <p class="form-error" role="alert">
            The server does not know this token.
          </p>
        )}
        <label class="field">
          <span>API token</span>
          <input
            ref={field}
            type="password"
            autocomplete="off"
            required
            value={token}
            onInput={({ currentTarget }) => setToken(currentTarget.value)}
          />
        </label>
        <button type="submit" class="button button-main">
          Open
        </button>
      </form>
    </main>
  );
}

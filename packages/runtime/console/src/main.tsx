import { render } from 'preact';
import { App } from './app.tsx';
import { connect } from './lib/state.ts';
import './lib/theme.ts';
import './styles/base.css';
import './styles/controls.css';
import './styles/diagram.css';
import './styles/phone.css';
import './styles/calls.css';

render(<App />, document.getElementById('app') as HTMLElement);
void connect();

import { render } from 'preact';
import { App } from './app.tsx';
import { keepFocus } from './lib/focus.ts';
import { connect } from './lib/state.ts';
import './lib/theme.ts';
import './styles/base.css';
import './styles/controls.css';
import './styles/diagram.css';
import './styles/site-panel.css';
import './styles/workbench.css';
import './styles/layers.css';
import './styles/phone.css';
import './styles/calls.css';
import './styles/fork.css';

const root = document.getElementById('app') as HTMLElement;
keepFocus(root);
render(<App />, root);
void connect();

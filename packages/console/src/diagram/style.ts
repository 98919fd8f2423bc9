const LIGHT = {
  paper: '#faf9f6',
  box: '#ffffff',
  ink: '#201e1a',
  soft: '#605b52',
  line: '#8c867a',
  frame: '#cfc9bc',
  capture: '#0b6e5f',
  bridge: '#1d5fa8',
  step: '#7b4f9d',
  waitFor: '#9c4321',
  settings: '#8a5a12',
  failed: '#b3261e',
  lamp: '#f5a800',
  'lamp-line': '#b87400',
  'lamp-paper': '#fff3d1',
};

const DARK: typeof LIGHT = {
  paper: '#161512',
  box: '#201f1b',
  ink: '#efece4',
  soft: '#aea799',
  line: '#7d7669',
  frame: '#413d35',
  capture: '#5ccbb4',
  bridge: '#7fb6f2',
  step: '#c9a2e6',
  waitFor: '#f0a483',
  settings: '#e3b565',
  failed: '#ff8a80',
  lamp: '#ffb72e',
  'lamp-line': '#ffb72e',
  'lamp-paper': '#3d3010',
};

/** What a system has that paints pages in colours of its own; kinds of sites are told by their icons there. */
const FORCED: typeof LIGHT = {
  paper: 'Canvas',
  box: 'Canvas',
  ink: 'CanvasText',
  soft: 'CanvasText',
  line: 'CanvasText',
  frame: 'CanvasText',
  capture: 'CanvasText',
  bridge: 'CanvasText',
  step: 'CanvasText',
  waitFor: 'CanvasText',
  settings: 'CanvasText',
  failed: 'CanvasText',
  lamp: 'Highlight',
  'lamp-line': 'Highlight',
  'lamp-paper': 'Canvas',
};

const variables = (colours: typeof LIGHT): string =>
  Object.entries(colours)
    .map(([name, value]) => `--hs-${name}:${value}`)
    .join(';');

/** Colours of both schemes as CSS variables; `data-theme` on the root element wins over the system's scheme. */
export const DIAGRAM_COLOURS = `:root,:root[data-theme=light]{${variables(LIGHT)}}
@media (prefers-color-scheme:dark){:root:not([data-theme=light]){${variables(DARK)}}}
:root[data-theme=dark]{${variables(DARK)}}
@media (forced-colors:active){:root:root:root{${variables(FORCED)}}.hs-diagram{forced-color-adjust:none}}`;

/** How a diagram looks: used inside an SVG file, and by the console's pages. */
export const DIAGRAM_STYLE = `.hs-diagram{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
.hs-diagram text{fill:var(--hs-ink)}
.hs-paper{fill:var(--hs-paper)}
.hs-box{fill:var(--hs-box);stroke:var(--hs-frame);stroke-width:1}
.hs-title{font-size:13px;font-weight:600}
.hs-diagram .hs-text{font-size:11.5px;fill:var(--hs-soft)}
.hs-diagram .hs-label text{font-size:11.5px;font-weight:600}
.hs-label rect{fill:var(--hs-paper);stroke:var(--hs-frame);stroke-width:1}
.hs-diagram .hs-figure{font-size:11.5px;font-weight:600;fill:var(--hs-soft);font-variant-numeric:tabular-nums}
.hs-line{fill:none;stroke:var(--hs-line);stroke-width:1.5}
.hs-head{fill:var(--hs-line)}
.hs-when-ended .hs-line{stroke-dasharray:4 4}
.hs-icon{fill:none;stroke:var(--hs-kind,var(--hs-soft));stroke-width:1.6;stroke-linecap:round;stroke-linejoin:round}
.hs-capture .hs-icon{stroke-width:2.4}
.hs-capture{--hs-kind:var(--hs-capture)}
.hs-bridge{--hs-kind:var(--hs-bridge)}
.hs-step{--hs-kind:var(--hs-step)}
.hs-waitFor{--hs-kind:var(--hs-waitFor)}
.hs-settings{--hs-kind:var(--hs-settings)}
.hs-failed{--hs-kind:var(--hs-failed)}
.hs-stripe{fill:var(--hs-kind)}
.hs-start .hs-box{fill:var(--hs-ink);stroke:none}
.hs-start .hs-icon{stroke:var(--hs-paper)}
.hs-ended .hs-ring{fill:none;stroke:var(--hs-line);stroke-width:1.5}
.hs-ended .hs-dot{fill:var(--hs-line)}
.hs-failed .hs-ring{fill:none;stroke:var(--hs-failed);stroke-width:1.5}
.hs-failed .hs-cross{fill:none;stroke:var(--hs-failed);stroke-width:1.8;stroke-linecap:round}
.hs-jump .hs-box{fill:none;stroke:var(--hs-line);stroke-dasharray:3 3}
.hs-diagram :is(.hs-jump,.hs-unplaced) text{font-size:11.5px;fill:var(--hs-soft)}
.hs-taken :is(.hs-line,.hs-box,.hs-ring){stroke:var(--hs-ink);stroke-width:2;stroke-dasharray:none}
.hs-taken .hs-head{fill:var(--hs-ink)}
.hs-untaken :is(.hs-line,.hs-box,.hs-ring),.hs-label.hs-untaken rect{stroke:var(--hs-failed);stroke-width:1.5;stroke-dasharray:5 4}
.hs-untaken .hs-head{fill:var(--hs-failed)}
.hs-start.hs-untaken .hs-box{fill:var(--hs-line)}`;

import type { NodeKind } from './graph.ts';

/** Icons of 16 × 16, as path data to be stroked. */
export const ICONS: Readonly<Partial<Record<NodeKind | 'lock', string>>> = {
  // A keypad.
  capture: 'M3.5 3.5h.01M8 3.5h.01M12.5 3.5h.01M3.5 8h.01M8 8h.01M12.5 8h.01M3.5 12.5h.01M8 12.5h.01M12.5 12.5h.01',
  // Two parties, one line.
  bridge: 'M2.5 5.5h8.5M8.5 3l2.5 2.5L8.5 8M13.5 10.5H5M7.5 8L5 10.5 7.5 13',
  // Angle brackets: code that runs.
  step: 'M5.5 4.5L2 8l3.5 3.5M10.5 4.5L14 8l-3.5 3.5M9 3.5l-2 9',
  // A bell: somebody outside rings.
  waitFor: 'M3.500 11.500h9M4.500 11.500V7.500a3.500 3.500 0 017 0v4M8 2.500V4M6.800 13.500h2.400',
  // Two sliders.
  settings: 'M2.5 5h4M9.5 5h4M8 3.500v3M2.500 11h2M7.500 11h6M6 9.500v3',
  // A handset.
  start:
    'M3.4 2.6l1.9-.5c.5-.1.9.1 1.1.6l.8 1.9c.2.4.1.9-.3 1.2l-1 .8c.7 1.5 1.9 2.7 3.4 3.4l.8-1c.3-.4.8-.5 1.2-.3l1.9.8c.5.2.7.6.6 1.1l-.5 1.9c-.1.5-.5.8-1 .8C6.9 13.3 2.7 9.100 2.600 3.600c0-.5.3-.9.8-1z',
  jump: 'M4 12L12 4M6.500 4H12v5.500',
  lock: 'M4.500 7.500h7v5.500h-7zM6 7.500V5.500a2 2 0 014 0v2',
};

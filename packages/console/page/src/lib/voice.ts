import { effect, signal } from '@preact/signals';

const KEY = 'hookswitch-muted';
export const muted = signal(localStorage.getItem(KEY) === 'yes');

let playing: HTMLAudioElement | null = null;

effect(() => {
  localStorage.setItem(KEY, muted.value ? 'yes' : 'no');
  if (muted.value) hush();
});

/** Speaks a text in the language of a voice profile such as `en-US-BenjaminRUS`, `speed` times as fast as usual. */
export function speak(text: string, voice: string, speed: number): void {
  if (muted.value || !('speechSynthesis' in window)) return;
  const utterance = new SpeechSynthesisUtterance(text);
  const language = /^[a-z]{2,3}-[A-Za-z]{2,4}/.exec(voice)?.[0];
  if (language !== undefined) utterance.lang = language;
  utterance.rate = Math.min(4, Math.max(0.5, speed));
  speechSynthesis.speak(utterance);
}

/** Plays an audio file. */
export function play(address: string, speed: number): void {
  playing?.pause();
  if (muted.value) return;
  playing = new Audio(address);
  playing.playbackRate = Math.min(4, speed);
  // A browser may refuse sound before the first click; the text says what there is to hear.
  playing.play().catch(() => undefined);
}

/** Silence, at once. */
export function hush(): void {
  playing?.pause();
  playing = null;
  if ('speechSynthesis' in window) speechSynthesis.cancel();
}

import { describe, expect, it } from 'vitest';
import { audioOf, isHttpUrl, suffixOf } from './audio-url.ts';

describe('an audio URL', () => {
  it.each([
    'https://acme.test/a.wav',
    'http://10.0.0.1:8080/menu/welcome.mp3?v=2#t=1',
    'HTTPS://user:secret@acme.test/%20a.wav',
    'https://例え.テスト/音声.mp3',
    'https://[::1]/a.wav',
    'https://acme.test',
  ])('may be %s', (url) => {
    expect(isHttpUrl(url)).toBe(true);
  });

  it.each([
    'ftp://acme.test/a.wav',
    'file:///a.wav',
    'acme.test/a.wav',
    '/a.wav',
    'https:/acme.test/a.wav',
    'https:acme.test/a.wav',
    'https:///a.wav',
    ' https://acme.test/a.wav',
    'https://acme.test/a b.wav',
    'https://acme.test/a\n.wav',
    'https://acme.test\\a.wav',
    'https://acme.test:99999/a.wav',
    'javascript:alert(1)',
    '',
  ])('may not be %j', (url) => {
    expect(isHttpUrl(url)).toBe(false);
  });

  it.each([
    ['https://acme.test/a.wav', 'audio'],
    ['https://acme.test/a.MP3?f=x.ogg', 'audio'],
    ['https://acme.test/a', 'untold'],
    ['https://acme.test/download?file=a.wav', 'untold'],
    ['https://acme.test/download.php?file=a.wav', 'untold'],
    ['https://acme.test/download.php?x=1&file=a.mp3&y=2#z', 'untold'],
    ['https://acme.test/download.php?a.mp3', 'untold'],
    ['https://acme.test/download.php?file=a.ogg', 'other'],
    ['https://acme.test/download.php#?file=a.mp3', 'other'],
    ['https://acme.test/a.ogg', 'other'],
  ])('%s tells of its file: %s', (url, tells) => {
    expect(audioOf(url)).toBe(tells);
  });

  it('is judged in no time, however long it is', () => {
    expect(audioOf(`https://acme.test/a.php?${'=&/?'.repeat(500_000)}`)).toBe('other');
  });

  it.each([
    ['https://acme.test/a.wav', 'wav'],
    ['https://acme.test/a.MP3', 'mp3'],
    ['https://acme.test/a.wav?format=ogg', 'wav'],
    ['https://acme.test/download?file=a.wav', null],
    ['https://acme.test/download.php?file=a.wav', 'php'],
    ['https://acme.test/a#b.wav', null],
    ['https://acme.test/v1.2/a', null],
    ['https://acme.test/a.wav/', null],
    ['https://acme.test/a.', null],
    ['https://acme.test', null],
    ['https://acme.test?a.wav', null],
    ['https://acme.test/a.en.mp3', 'mp3'],
  ])('%s has the suffix %j', (url, suffix) => {
    expect(suffixOf(url)).toBe(suffix);
  });
});

/** What a flow gets for the `dtmf` of a webhook: without its closing `#`; null where the field is null or absent (U2, U3). */
export function capturedAnswer(dtmf: string | null | undefined): string | null {
  return dtmf?.replace(/#$/, '') ?? null;
}

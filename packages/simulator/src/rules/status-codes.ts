import { STATUS_CODES } from 'node:http';

/** The status codes of the callflows API, with their messages. Source: 8x8 "Voice Status Codes and Status Messages". */
export const STATUS_MESSAGES = {
  [-1001]: 'Invalid JSON request body',
  [-1002]: 'Speech profile or language parameter invalid',
  [-1003]: 'Valid maxDigits required when minDigits provided',
  [-1004]: 'DTMF callback url not provided',
  [-1005]: 'Valid overallTimeout is required when digitTimeout provided',
  [-1006]: 'OverallTimeout should be greater than digitTimeout',
  [-1007]: 'Invalid action type was used. Accepted action type is [say, sayAndcapture, makeCall, hangup, playFile]',
  [-1008]: 'Valid maxDigits is required when completeOnHash is false',
  [-1009]: 'Invalid call flow entry provided.',
  [-1010]: 'Some actions are provided beyond the allowed count',
  [-1011]: 'Multiple destination phone numbers found in the request',
  [-1012]: 'Invalid Callflow : Incorrect use of action Hangup',
  [-1013]: 'Invalid Callflow : First action should be a MakeCall action',
  [-1014]: 'Source or caller ID is not allowed',
  [-1015]: 'The validity period of the call flow request has expired',
  [-1016]: 'Invalid Callflow Content: Some special characters are invalid/unaccepted',
  [-1017]: 'Invalid MSISDN format in Destination',
} as const;
export type StatusCode = keyof typeof STATUS_MESSAGES;

/** The error codes of a session, as summaries give them. Source: 8x8 "Voice Error Codes". */
export const ERROR_MESSAGES = {
  [-2001]: 'An internal error has occurred',
  [-2002]: 'An internal connectivity error has occurred',
  [-2003]: 'The call flow provided is invalid',
  [-2004]: 'No coverage available for requested area',
  [-2005]: 'Unable to synthesize text to speech',
  [-2006]: 'Unable to download file for playback',
  [-2007]: 'The validity period of the call flow request has expired',
  [-2008]: 'The provided source MSISDN or caller ID is not whitelisted',
  [-2009]: 'The scenario parameters provided is invalid',
  [-2010]: 'The trunk capacity has been exceeded',
  [-9999]: 'An unknown error has occurred',
} as const;
export type ErrorCode = keyof typeof ERROR_MESSAGES;
export const ERROR_CODES = [
  -2001, -2002, -2003, -2004, -2005, -2006, -2007, -2008, -2009, -2010, -9999,
] as const satisfies readonly ErrorCode[];

/** Why a callflow was refused. */
export interface Refusal {
  readonly code: StatusCode;
  /** 8x8's message, with the path and the reason where the documents show them. */
  readonly message: string;
  /** JSON path of what is wrong, e.g. `$.callflow[0].params.text`. */
  readonly path: string;
}

/** A refusal with 8x8's message; `detail` is added after the path as the documents' sample does for -1009. */
export function refusal(code: StatusCode, path: string, detail?: string): Refusal {
  const message = STATUS_MESSAGES[code];
  return { code, path, message: detail === undefined ? message : `${message} ${path}: ${detail}` };
}

/** What a refusal says that was asked for: by 8x8's code, or by an HTTP status. */
export function refusalMessage(code: number): string {
  return (STATUS_MESSAGES as Readonly<Record<number, string>>)[code] ?? STATUS_CODES[code] ?? 'Refused';
}

/** The HTTP status that goes with a status code: 400 for a body that doesn't fit the schema, 422 for one that can't be carried out, itself where it is one. */
export function httpStatusOf(code: number): number {
  if (code > 0) return code;

  return code === -1001 || code === -1007 || code === -1009 ? 400 : 422;
}

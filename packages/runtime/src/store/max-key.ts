/** Characters of whatever identifies a call, as many as 8x8's ids may have: databases index it, and Postgres refuses an index entry of more than 2,704 bytes. */
export const MAX_KEY = 256;

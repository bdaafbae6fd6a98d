/** What the host's frames hold, as content tokens: the same token, the same content; 0 is a page of zeros. */
export type PageContents = {
  /** Per frame. */
  readonly content: Uint32Array;
  /** Names the last write. */
  lastWrite: number;
};

/** Behind this token they begin again. */
export const LAST_TOKEN = 0x7fff_ffff;

/** The token of the write that follows one: 1 to 2^31 - 1, then again from 1. */
export function tokenAfter(token: number): number {
  return token === LAST_TOKEN ? 1 : token + 1;
}

/** A content token that no page of this run holds yet. */
export function nextWrite(contents: PageContents): number {
  contents.lastWrite = tokenAfter(contents.lastWrite);
  return contents.lastWrite;
}

/** One step that a text goes through before it is parsed. Any split into pieces gives the same. */
export interface TextStage {
  push(bytes: Uint8Array): Uint8Array;
  /** The end of the text: what was held back. */
  finish(): Uint8Array;
}

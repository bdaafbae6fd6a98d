/**
 * Whether an answer of the past is the same for ever. It begins as what the document says (see `useLastingAnswers`), and
 * a resolver takes it back when it had to look at how far the run has come.
 */
export class Immutable {
  isImmutable = true;

  refuse(): void {
    this.isImmutable = false;
  }
}

/** In a field's extensions: its answer depends on arguments and on the past of a run alone, unless its resolver refuses. */
export const immutableField = { immutable: true } as const;

/** Some events of a run as they came in, and where the next ones begin. `null` ends the run's stream. */
export type Received = { readonly positions: readonly number[]; readonly lines: readonly string[]; readonly cursor: string } | null;

/** An answer that no fault of the network or of Postgres explains. */
export class WrongAnswer extends Error {}

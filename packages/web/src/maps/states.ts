/** Names of what the states are made of; comes from the server, so that a legend derives from it. */
export type StateTerm = { readonly name: string; readonly description: string };

/** A state code is `use * backings.length + backing`; code 0 is that of a page that nothing has happened to. */
export type StateTable = { readonly uses: readonly StateTerm[]; readonly backings: readonly StateTerm[] };

export type StateTables = {
  readonly frames: StateTable;
  readonly realPages: StateTable;
  /** In a cell of the host the number of the owner stands above so many bits of state. */
  readonly ownerShift: number;
};

export type PageState = { readonly code: number; readonly use: StateTerm; readonly backing: StateTerm };

/** All states of a table by code: for legends, filters and palettes (a palette is an array of colours by code). */
export function statesOf({ uses, backings }: StateTable): readonly PageState[] {
  return uses.flatMap((use, index) => backings.map((backing, at) => ({ code: index * backings.length + at, use, backing })));
}

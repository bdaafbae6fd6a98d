/** How a stored value or row is changed. Which ones a column can take follows from its type. */
export const HOWS = ["flip", "shorten", "empty", "swap", "delete"] as const;
export type How = (typeof HOWS)[number];

/**
 * One change of one stored row. `row`, `byte` and `column` in [0, 1) choose among those that there are when it is done, so that
 * a plan needs no database.
 */
export type Damage = {
  readonly table: string;
  readonly column: number;
  readonly row: number;
  readonly how: How;
  readonly byte: number;
};

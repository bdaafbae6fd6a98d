import type { GraphQLField } from "graphql";

/** Items that a list without pages is taken to have. */
const LIST_ITEMS = 10;

/** What a field may declare in its extensions; see `measureOperation`. */
export type FieldCost = {
  /** Cost of the field itself, when it is more than 1: work that aliases would repeat. */
  readonly cost?: number;
  /** The argument that says how many items there are. */
  readonly multipliedBy?: string;
  /** Items of a list, where that is known: 1 for those whose number a field above has counted already. */
  readonly items?: number;
};

export function costOf(field: GraphQLField<unknown, unknown>): FieldCost {
  return field.extensions as FieldCost;
}

/** How often the fields inside are answered. `argument` gives an argument's number, if there is one. */
export function timesAnswered(
  field: GraphQLField<unknown, unknown>,
  isList: boolean,
  argument: (name: string) => number | undefined,
): number {
  const { multipliedBy, items } = costOf(field);
  if (items !== undefined) return items;
  if (multipliedBy !== undefined) return Math.max(1, argument(multipliedBy) ?? 1);
  return isList ? LIST_ITEMS : 1;
}

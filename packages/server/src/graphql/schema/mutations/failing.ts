import { ExpectedFailure } from "../../errors/answerable.ts";

/** The result of a mutation: its payload, or a Failure. `name` is the mutation's, in PascalCase. */
export function orFailure(name: string) {
  return {
    types: [ExpectedFailure],
    union: {
      name: `${name}Result`,
      description: `What \`${name.charAt(0).toLowerCase()}${name.slice(1)}\` gives: its payload, or a Failure.`,
    },
  };
}

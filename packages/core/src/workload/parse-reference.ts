import { AccessKind } from "../events/index.ts";

/** One access as a scenario writes it: "3" loads page 3, "w3" stores to it. */
export type Reference = { readonly page: number; readonly kind: number };

export const REFERENCE_PATTERN = "^w?(0|[1-9][0-9]{0,8})$";

const reference = new RegExp(REFERENCE_PATTERN);

/** undefined for a text that is not a reference. */
export function parseReference(text: string): Reference | undefined {
  const match = reference.exec(text);
  if (match === null) return undefined;
  return { page: Number(match[1]), kind: text.startsWith("w") ? AccessKind.Store : AccessKind.Load };
}

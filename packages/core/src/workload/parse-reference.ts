import { AccessKind } from "../events/index.ts";

/** One access as a scenario writes it: "3" loads page 3, "w3" stores to it. */
export type Reference = { readonly page: number; readonly kind: number };

export const REFERENCE_PATTERN = "^w?(0|[1-9][0-9]{0,8})$";

const reference = new RegExp(REFERENCE_PATTERN);

/** The same by a page's name: "red" loads the page of that name, "w:red" stores to it. */
export const NAMED_REFERENCE_PATTERN = "^(w:)?[A-Za-z_][A-Za-z0-9_.-]{0,39}$";

const namedReference = new RegExp(NAMED_REFERENCE_PATTERN);

/** Of a text by which a scenario names a page; undefined for any other, a number among them. */
export function parseNamedReference(text: string): { readonly name: string; readonly isStore: boolean } | undefined {
  if (reference.test(text) || !namedReference.test(text)) return undefined;
  const isStore = text.startsWith("w:");
  return { name: isStore ? text.slice(2) : text, isStore };
}

/** undefined for a text that is not a reference by number. */
export function parseReference(text: string): Reference | undefined {
  const match = reference.exec(text);
  if (match === null) return undefined;
  return { page: Number(match[1]), kind: text.startsWith("w") ? AccessKind.Store : AccessKind.Load };
}

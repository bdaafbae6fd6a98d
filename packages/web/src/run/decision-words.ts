import { count, counted } from "../format/numbers.ts";

type Decided = { readonly kind: string; readonly vm: number | null; readonly requestedPages: string };

/** `steal 57 pages of VM idle`: what a decision asked for, after `decided to`. */
export function decisionWords({ kind, vm, requestedPages }: Decided, nameOf: (vm: number) => string): string {
  const who = vm === null ? "the host" : nameOf(vm);
  const pages = counted(requestedPages, "page");
  switch (kind) {
    case "STEAL_PAGES":
      return `steal ${pages} of ${who}`;
    case "SET_BALLOON_TARGET":
      return `set the balloon target of ${who} to ${pages}`;
    case "SET_MEMORY_LIMIT":
      return `limit ${who} to ${pages}`;
    case "SHARE_PAGES":
      return `look through ${count(requestedPages)} pages for equal ones`;
    case "SET_FREE_PAGE_REPORTING":
      return `change the free page reporting of ${who}`;
    case "SUSPEND_VM":
      return `suspend ${who}`;
    case "RESUME_VM":
      return `resume ${who}`;
    default:
      return `${kind.toLowerCase().replaceAll("_", " ")} (${who}, ${pages})`;
  }
}

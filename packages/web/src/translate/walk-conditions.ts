import type { WalkLevels } from "./walk-levels.ts";

type WalkCondition = { readonly levels: WalkLevels; readonly title: string; readonly words: string };

/** When a walk takes how many references; "large" is a page of 2 MiB, which its table finds one level earlier. */
export const WALK_CONDITIONS: readonly WalkCondition[] = [
  {
    levels: { guest: 4, host: 0 },
    title: "One table",
    words: "No hypervisor, or shadow page tables: the hardware walks one table, which leads to frames.",
  },
  {
    levels: { guest: 4, host: 4 },
    title: "Nested, small pages",
    words: "The hardware walks the guest's table, and the host's for each address in it.",
  },
  {
    levels: { guest: 4, host: 3 },
    title: "Nested, the host's page is large",
    words: "The hypervisor maps 512 real pages by one entry (the scenario's largePages).",
  },
  {
    levels: { guest: 3, host: 3 },
    title: "Nested, both pages are large",
    words: "It does not occur in these runs: guests have pages of 4 KiB only.",
  },
];

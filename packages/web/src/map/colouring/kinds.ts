import type { PageState } from "../../maps/index.ts";

/** What the legend tells apart: states of frames and of real pages that mean the same have one kind. */
export type Kind = {
  readonly label: string;
  /** In large cells, so that colour is not all there is. */
  readonly letter: string;
};

export const KINDS = {
  "free-zeroed": { label: "free, zeroed", letter: "" },
  free: { label: "free, not zeroed", letter: "·" },
  none: { label: "no frame", letter: "" },
  "guest-free": { label: "free in its guest", letter: "F" },
  process: { label: "process", letter: "P" },
  large: { label: "large mapping", letter: "L" },
  kernel: { label: "guest's kernel", letter: "K" },
  shared: { label: "shared", letter: "=" },
  hypervisor: { label: "hypervisor", letter: "H" },
  balloon: { label: "balloon", letter: "B" },
  compressed: { label: "compressed", letter: "C" },
  "swap-cache": { label: "swap cache", letter: "R" },
  "host-swap": { label: "swapped out", letter: "S" },
  "guest-disk": { label: "on the guest's disk", letter: "D" },
} as const satisfies Readonly<Record<string, Kind>>;

export type KindName = keyof typeof KINDS;

const KIND_NAMES = Object.keys(KINDS) as readonly KindName[];

/** What holds a real page's content tells more about it than what its guest uses it for, unless that is simply a frame. */
const TELLING_BACKINGS: ReadonlySet<string> = new Set<KindName>(["large", "shared", "swap-cache", "host-swap", "guest-disk", "compressed"]);

/** @throws Error a state that this page does not know: it is older than the server. */
export function kindOf(space: "host" | "vm", { use, backing }: PageState): KindName {
  const name = space === "host" ? frameKind(use.name, backing.name) : realPageKind(use.name, backing.name);
  const kind = KIND_NAMES.find((each) => each === name);
  if (kind === undefined) throw new Error(`the server knows a state ${use.name}/${backing.name} that this page does not: reload it`);
  return kind;
}

function frameKind(use: string, backing: string): string {
  return backing === "large" ? "large" : use;
}

function realPageKind(use: string, backing: string): string {
  if (use === "balloon") return use;
  if (TELLING_BACKINGS.has(backing) || backing === "none") return backing;
  return use === "free" ? "guest-free" : use;
}

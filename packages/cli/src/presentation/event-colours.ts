import type { EventFamily } from "@ballast/core/events";
import type { Style } from "../output/output.ts";

/** What is taken from a VM stands out, what it gets is green, what the policy and the host decide is blue. */
export const FAMILY_STYLES = {
  run: "bold",
  life: "bold",
  trap: "dim",
  mapping: "green",
  "guest-paging": "yellow",
  "host-mapping": "green",
  "host-swap": "red",
  steal: "red",
  balloon: "magenta",
  policy: "blue",
  sample: "dim",
  sharing: "cyan",
  "large-pages": "cyan",
  compression: "yellow",
  device: "dim",
} as const satisfies Record<EventFamily, Style>;

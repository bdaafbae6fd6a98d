import { type Capability, type ChoiceParameter, type ObservedOrder, periodMs, reserveFraction } from "@ballast/core/policy";

type Needs = { readonly capabilities: readonly Capability[]; readonly orders: readonly ObservedOrder[] };

/** What each order of victims needs besides the right to take them. */
const NEEDS = {
  random: { capabilities: [], orders: [] },
  fifo: { capabilities: [], orders: ["fifo"] },
  clock: { capabilities: [], orders: ["clock"] },
  age: { capabilities: ["pageAges"], orders: [] },
  lru: { capabilities: ["foresight"], orders: ["lru"] },
} as const satisfies Readonly<Record<string, Needs>>;

/** An order of victims that the policy knows. */
export type Order = keyof typeof NEEDS;

export function usesOfOrder(order: Order): readonly Capability[] {
  return ["steal", ...NEEDS[order].capabilities];
}

export function observedOrders(order: Order): readonly ObservedOrder[] {
  return NEEDS[order].orders;
}

const order = {
  type: "choice" as const,
  default: "random",
  choices: Object.keys(NEEDS) as Order[],
  description:
    "Which pages are stolen first: any, those resident longest, second chance, those left alone for the most scans, or exactly the least recently used.",
  source: "C. A. Waldspurger, OSDI 2002, section 3.2: random, so that no guest's replacement chooses the same pages",
  confidence: "published",
} satisfies ChoiceParameter;

export const parameters = { order, reserveFraction, periodMs };

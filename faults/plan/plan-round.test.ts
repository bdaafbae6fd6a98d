import { expect, test } from "vitest";
import { FAULT_KINDS } from "./fault.ts";
import { type PlanLimits, planRound } from "./plan-round.ts";
import { SHORT_SPECS } from "./run-specs.ts";

const LIMITS: PlanLimits = {
  places: ["own", "proxied", "small-disk"],
  specs: SHORT_SPECS,
  misbehaving: [{ policy: "throwing", parameters: {} }],
  tables: { checked: ["commits"], live: ["checkpoints"], all: ["commits", "series_points"] },
  faults: [3, 9],
  nuisances: 1,
};

const plan = (seed: number): string => JSON.stringify(Array.from({ length: 40 }, (_, number) => planRound(seed, number, LIMITS)));

test("a plan follows from its seed alone, and another seed gives another plan", () => {
  expect(plan(7)).toBe(plan(7));
  expect(plan(8)).not.toBe(plan(7));
});

test("a round is planned without those before it, so that it can be repeated alone", () => {
  expect(JSON.stringify(planRound(7, 31, LIMITS))).toBe(JSON.stringify(JSON.parse(plan(7))[31]));
});

test("forty rounds have every kind of fault, both kinds of round and all places", () => {
  const rounds = Array.from({ length: 40 }, (_, number) => planRound(3, number, LIMITS));
  const disturbed = rounds.filter((round) => round.kind === "disturbed");
  expect(rounds.length - disturbed.length).toBe(10);
  expect(new Set(disturbed.map(({ place }) => place)).size).toBe(3);
  const kinds = new Set(disturbed.flatMap(({ faults }) => faults.map(({ fault }) => fault.kind)));
  expect([...kinds].sort()).toEqual(FAULT_KINDS.toSorted());
});

test("faults that only a proxy or a small disk can make are planned only where there is one", () => {
  const rounds = Array.from({ length: 200 }, (_, number) => planRound(5, number, { ...LIMITS, places: ["own"] }));
  const kinds = new Set(rounds.flatMap((round) => (round.kind === "disturbed" ? round.faults.map(({ fault }) => fault.kind) : [])));
  expect(kinds).not.toContain("cut-connections");
  expect(kinds).not.toContain("fill-disk");
});

test("kinds that are asked for are the only ones", () => {
  const rounds = Array.from({ length: 40 }, (_, number) => planRound(5, number, { ...LIMITS, kinds: ["kill-server", "kill-postgres"] }));
  const kinds = new Set(rounds.flatMap((round) => (round.kind === "disturbed" ? round.faults.map(({ fault }) => fault.kind) : [])));
  expect([...kinds].sort()).toEqual(["kill-postgres", "kill-server"]);
});

import type { Draws } from "./draws.ts";

/** GraphQL documents of the kinds that cost a server most: wide, deep, aliased, introspecting, cyclic, or no document at all. */
const KINDS: readonly ((draws: Draws) => string)[] = [
  (draws) => `{ ${aliases(draws.between(1, 60), () => "__schema { types { name fields { name type { name ofType { name } } } } }")} }`,
  (draws) => `{ ${aliases(draws.between(1, 300), () => "__typename")} }`,
  (draws) =>
    `{ ${aliases(draws.between(1, 60), () => "runs(first: 1000) { nodes { id at { host { freePages } vms { residentPages } } } }")} }`,
  (draws) => nested(draws.between(2, 4_000)),
  (draws) => "{".repeat(draws.between(1, 5_000)),
  (draws) =>
    `{ runs(first: 3) { nodes { ${aliases(draws.between(1, 40), (at) => `at(at: { position: ${at + 1} }) { memoryMap(maxCells: 4096) { runs } }`)} } } }`,
  () => "query { ...a } fragment a on Query { ...b } fragment b on Query { ...a }",
  (draws) => `{ __type(name: "Run") { ${nestedType(draws.between(1, 12))} } }`,
  (draws) => `query (${draws.many(draws.between(1, 400), (at) => `$v${at}: Int`).join(" ")}) { __typename }`,
  () => `{ run(id: "\u0000") { id } }`,
  (draws) => `{ run(id: "${"x".repeat(draws.between(1, 100_000))}") { id } }`,
  (draws) => `mutation { ${aliases(draws.between(1, 200), () => 'stopRun(input: { run: "none" }) { __typename }')} }`,
];

export function drawDocument(draws: Draws): string {
  return draws.pick(KINDS)(draws);
}

function aliases(count: number, field: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => `a${index}: ${field(index)}`).join(" ");
}

function nested(depth: number): string {
  return `{ runs { nodes ${"{ comparison { entries { run ".repeat(depth)}{ id }${" } } }".repeat(depth)} } }`;
}

function nestedType(depth: number): string {
  return depth === 0 ? "name" : `name fields { name type { ${nestedType(depth - 1)} } }`;
}

import { Seeded } from "./seeded.ts";

/** Algorithms that students compute by hand. */
const ALGORITHMS = ["fifo", "lru", "opt"] as const;

/** A reference string, and what it is to be run under. */
export type StringTask = {
  readonly references: readonly string[];
  readonly frames: number;
  readonly algorithm: string;
  readonly seed: string;
};

/** Streams of random numbers: one for each exercise, so that a change of one leaves the others as they are. */
const STREAMS = { count: 0, victim: 1, translation: 2 } as const;

export function poseCount(seed: number): StringTask {
  return poseString(new Seeded(seed, STREAMS.count));
}

/** `pick`: which of the steps with a victim is asked about, as a fraction of them in thousandths. */
export function poseVictim(seed: number): StringTask & { readonly pick: number } {
  const random = new Seeded(seed, STREAMS.victim);
  return { ...poseString(random), pick: random.below(1_000) };
}

function poseString(random: Seeded): StringTask {
  const frames = random.between(3, 4);
  const pages = random.between(frames + 1, frames + 3);
  const algorithm = random.oneOf(ALGORITHMS);
  for (;;) {
    const references = drawReferences(random, pages);
    // Otherwise no page ever leaves.
    if (new Set(references).size > frames) return { references, frames, algorithm, seed: "1" };
  }
}

function drawReferences(random: Seeded, pages: number): readonly string[] {
  const length = random.between(11, 14);
  const references: string[] = [];
  while (references.length < length) {
    const page = String(random.between(1, pages));
    // The same page twice in a row teaches nothing.
    if (page !== references.at(-1)) references.push(page);
  }
  return references;
}

const VIRTUAL_PAGES = 8;

export type TranslationTask = {
  /** What makes the tables: a scenario of two VMs with two processes each, whose accesses come from the seed. */
  readonly scenario: { readonly name: string };
  readonly vm: number;
  readonly process: number;
  readonly virtualPage: number;
  /** In bytes within the page. */
  readonly offset: number;
};

export function poseTranslation(seed: number): TranslationTask {
  const random = new Seeded(seed, STREAMS.translation);
  const references = (): string[] => Array.from({ length: 7 }, () => String(random.below(VIRTUAL_PAGES)));
  const vm = (name: string): object => ({
    name,
    configuredPages: 12,
    kernelPages: 0,
    processes: [1, 2].map((number) => ({
      name: `process-${number}`,
      virtualPages: VIRTUAL_PAGES,
      workload: { kind: "references", references: references() },
    })),
  });
  const scenario = {
    name: `exercise ${seed}`,
    description: "Tables for an exercise of the classroom: two VMs with two processes each.",
    seed,
    sampleNs: 0,
    // Fewer than the pages that are touched, so that some real pages have no frame.
    host: { framePages: 14 },
    vms: [vm("vm-1"), vm("vm-2")],
    policy: "random-steal",
  };
  return {
    scenario,
    vm: random.between(1, 2),
    process: random.between(1, 2),
    virtualPage: random.below(VIRTUAL_PAGES),
    offset: random.below(4_096),
  };
}

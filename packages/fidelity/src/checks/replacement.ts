import { type Check, defineCheck } from "../check.ts";
import { exactly } from "../expectation.ts";
import { guestAlone } from "../lab/guest-alone.ts";
import type { TestBench } from "../lab/test-bench.ts";

const TEXTBOOK = "7 0 1 2 0 3 0 4 2 3 0 3 2 1 2 0 1 7 0 1";
const BELADY = "1 2 3 4 1 2 5 1 2 3 4 5";

type Guest = { readonly replacement: "fifo" | "clock" | "lru"; readonly referenceBitOnLoad?: "set" | "clear" };

/** Page faults of a reference string in a guest of a number of real pages, all empty at first. */
async function countFaults({ simulate }: TestBench, text: string, realPages: number, guest: Guest): Promise<number> {
  const workload = { kind: "references", references: text.split(" ") };
  const { count } = await simulate({ scenario: guestAlone(realPages, workload, { vm: guest, virtualPages: 16 }) });
  return count("guestMinorFaults") + count("guestMajorFaults");
}

const textbook = defineCheck({
  id: "replacement.textbook-string",
  title: "Page faults of the textbook's reference string with 3 frames",
  source: "Silberschatz, Galvin, Gagne, Operating System Concepts, chapter on virtual memory; CLOCK by hand",
  confidence: "derived",
  method: `The string ${TEXTBOOK} in a guest of three real pages.`,
  isQuick: true,
  figures: {
    FIFO: { unit: "faults", expected: exactly(15) },
    LRU: { unit: "faults", expected: exactly(12) },
    "CLOCK, bit set on load": { unit: "faults", expected: exactly(14) },
    "CLOCK, bit clear on load": { unit: "faults", expected: exactly(11) },
  },
  run: async (testBench) => {
    const count = (guest: Guest): Promise<number> => countFaults(testBench, TEXTBOOK, 3, guest);
    return {
      figures: {
        FIFO: await count({ replacement: "fifo" }),
        LRU: await count({ replacement: "lru" }),
        "CLOCK, bit set on load": await count({ replacement: "clock", referenceBitOnLoad: "set" }),
        "CLOCK, bit clear on load": await count({ replacement: "clock", referenceBitOnLoad: "clear" }),
      },
    };
  },
});

const belady = defineCheck({
  id: "replacement.belady-anomaly",
  title: "FIFO faults more with four frames than with three on Belady's string",
  source: "L. A. Belady, R. A. Nelson, G. S. Shedler, Communications of the ACM 12 (1969)",
  confidence: "derived",
  method: `The string ${BELADY} in a guest under FIFO.`,
  isQuick: true,
  figures: {
    "3 frames": { unit: "faults", expected: exactly(9) },
    "4 frames": { unit: "faults", expected: exactly(10) },
  },
  run: async (testBench) => ({
    figures: {
      "3 frames": await countFaults(testBench, BELADY, 3, { replacement: "fifo" }),
      "4 frames": await countFaults(testBench, BELADY, 4, { replacement: "fifo" }),
    },
  }),
});

export const replacementChecks: readonly Check[] = [textbook, belady];

import { BallastError } from "@ballast/core/errors";
import { estimateMemory, type KernelInput } from "@ballast/core/kernel";
import { formatBytes } from "@ballast/core/units";

/** Parts of the message: the largest say what to change. */
const MAX_PARTS = 3;

/**
 * The most memory that a run will take, in bytes. `traceBytes`: what the traces that it replays take in memory.
 * @throws BallastError MEMORY_EXCEEDED for more than `limitBytes`, with both amounts and what takes the most.
 */
export function checkMemory(input: KernelInput, traceBytes: number, limitBytes: number): number {
  const parts = [...estimateMemory(input), { what: "the traces that it replays", bytes: traceBytes }];
  const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
  if (bytes <= limitBytes) return bytes;
  const largest = parts.sort((left, right) => right.bytes - left.bytes).slice(0, MAX_PARTS);
  const told = largest.map((part) => `${formatBytes(part.bytes)} for ${part.what}`).join(", ");
  throw new BallastError(
    "MEMORY_EXCEEDED",
    `A run of the scenario "${input.scenario.name}" would take up to ${formatBytes(bytes)} of memory (${told}), and this server ` +
      `allows ${formatBytes(limitBytes)}. Make the scenario smaller, or set BALLAST_RUN_MEMORY where there is more.`,
  );
}

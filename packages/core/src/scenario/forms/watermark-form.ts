import { MAX_PAGES } from "../../reading/limits.ts";
import { byType, nothing } from "../../reading/collections.ts";
import { object, required } from "../../reading/object.ts";
import type { Place } from "../../reading/place.ts";
import { pageCount } from "../../reading/quantities.ts";
import { named, type Reader, refined } from "../../reading/reader.ts";
import { flag, formatCount } from "../../reading/scalars.ts";
import type { WatermarkSpec } from "../vm-spec.ts";
import { linuxWatermarks } from "../watermarks.ts";

/** `linux`: to be computed from the size of the memory. */
export type WatermarkChoice = WatermarkSpec | "linux" | null;

const freePages = pageCount({ minimum: 0, maximum: MAX_PAGES });

const form: Reader<WatermarkChoice> = byType<WatermarkChoice>(
  {
    null: nothing,
    boolean: refined(flag, (isOn): WatermarkChoice => (isOn ? "linux" : null)),
    object: refined(
      object({
        minPages: required(freePages, "Free pages that no access may take: below them a process reclaims by itself, and waits."),
        lowPages: required(freePages, "Free pages below which reclaim begins in the background."),
        highPages: required(freePages, "Free pages at which it ends."),
      }),
      checkOrder,
    ),
  },
  "true, false, or an object with minPages, lowPages and highPages",
);

export const watermarkForm: Reader<WatermarkChoice> = named("watermarks", () => form);

export const watermarkSchema = form.schema;

function checkOrder(read: WatermarkSpec, place: Place): WatermarkSpec | undefined {
  const { minPages, lowPages, highPages } = read;
  if (minPages <= lowPages && lowPages <= highPages) return read;
  place.report(
    `must rise from minPages over lowPages to highPages, not ${formatCount(minPages)}, ${formatCount(lowPages)}, ${formatCount(highPages)}`,
  );
  return undefined;
}

/** Computes what is to be computed; reports marks that leave nothing to use of `memoryPages`. */
export function completeWatermarks(choice: WatermarkChoice, memoryPages: number, kernelPages: number, place: Place): WatermarkSpec | null {
  const marks = choice === "linux" ? linuxWatermarks(memoryPages) : choice;
  if (marks === null || marks.highPages < memoryPages - kernelPages) return marks;
  const told = `${formatCount(marks.highPages)} free pages at the high mark, and ${formatCount(memoryPages)} pages of memory with ${formatCount(kernelPages)} of the kernel`;
  place.child("watermarks").report(`leave nothing to use: ${told}; take more memory, or lower marks of your own`);
  return marks;
}

import { MAX_NS, MAX_PAGES } from "../../../reading/limits.ts";
import { defaulted, object, required } from "../../../reading/object.ts";
import { duration } from "../../../reading/quantities.ts";
import { type Reader, refined } from "../../../reading/reader.ts";
import { choice, integer, formatCount } from "../../../reading/scalars.ts";
import type { VmwareBalloonSpec } from "../../vm-spec.ts";
import { capField, minFreePagesField, pagesField, type UnsizedBalloon } from "./unsized-balloon.ts";

const PUBLISHED = "(published: Linux 2.6.34, vmw_balloon 1.2).";

type UnsizedVmware = Extract<UnsizedBalloon, { readonly driver: VmwareBalloonSpec["driver"] }>;

/** The figures are the driver's own constants; smaller ones fit VMs of a few pages. */
export const vmwareBalloonForm: Reader<UnsizedVmware> = refined(
  object({
    driver: required(
      choice(["vmware"]),
      "Linux 2.6.34's driver for ESX: polls; fast without pressure, slow for some polls after a failed allocation; one call " +
        "of the hypervisor for each page.",
    ),
    pollNs: defaulted(
      duration({ minimum: 1, maximum: MAX_NS }),
      `From the end of a poll to the next. Default: 1 s ${PUBLISHED}`,
      1_000_000_000,
    ),
    capFraction: capField(0.65, "ESX"),
    minFreePages: minFreePagesField,
    noSleepPages: pagesField(
      "Without pressure, from free pages alone: the loop ends after this many pages and one more.",
      16_384,
      PUBLISHED,
    ),
    allocLeastPages: pagesField("Least pages per poll under pressure, reclaiming; half after a failure.", 512, PUBLISHED),
    allocMostPages: pagesField("Most pages per poll under pressure.", 2_048, PUBLISHED),
    allocStepPages: pagesField("Pages per poll more after a clean poll.", 16, PUBLISHED),
    slowPolls: defaulted(
      integer({ minimum: 1, maximum: MAX_PAGES }, "polls"),
      `Polls at the lower rate after a failed allocation of free pages, that one included. Default: 4 ${PUBLISHED}`,
      4,
    ),
    freePages: pagesField("Most pages given back at one poll.", 16_384, PUBLISHED),
  }),
  (balloon, place) => {
    const { allocLeastPages, allocMostPages } = balloon;
    if (allocLeastPages <= allocMostPages) return balloon;
    place
      .child("allocLeastPages")
      .report(`must be at most allocMostPages, ${formatCount(allocMostPages)}, not ${formatCount(allocLeastPages)}`);
    return undefined;
  },
);

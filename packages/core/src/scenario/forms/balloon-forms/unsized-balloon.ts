import { MAX_PAGES } from "../../../reading/limits.ts";
import { defaulted, type Field, optional } from "../../../reading/object.ts";
import { pageCount } from "../../../reading/quantities.ts";
import { ratio, formatCount } from "../../../reading/scalars.ts";
import type { BalloonSpec, SimpleBalloonSpec, VirtioBalloonSpec, VmwareBalloonSpec } from "../../vm-spec.ts";

/** A balloon driver's figures, but for those that follow from the size of its VM. */
export type UnsizedBalloon = SimpleBalloonSpec | WithoutMinimum<VmwareBalloonSpec> | WithoutMinimum<VirtioBalloonSpec>;

type WithoutMinimum<Spec> = Omit<Spec, "minFreePages"> & { readonly minFreePages: number | undefined };

export function sizeBalloon(balloon: UnsizedBalloon, configuredPages: number): BalloonSpec {
  if (balloon.driver === "simple") return balloon;
  return { ...balloon, minFreePages: balloon.minFreePages ?? linuxMinFreePages(configuredPages) };
}

const KIB_PER_PAGE = 4;

/**
 * What Linux keeps free below which only emergencies allocate (mm/page_alloc.c: min_free_kbytes), by memory: the square root
 * of 16 times the KiB, from 128 KiB to 64 MiB.
 */
export function linuxMinFreePages(configuredPages: number): number {
  const kib = Math.floor(Math.sqrt(configuredPages * KIB_PER_PAGE * 16));
  return Math.floor(Math.max(128, Math.min(65_536, kib)) / KIB_PER_PAGE);
}

/** A number of pages that a driver is known to work with. */
export function pagesField(description: string, byDefault: number, source: string): Field<number> {
  const told = `${description} Default: ${formatCount(byDefault)} ${source}`;
  return defaulted(pageCount({ minimum: 1, maximum: MAX_PAGES }), told, byDefault);
}

export const minFreePagesField: Field<number | undefined> = optional(
  pageCount({ minimum: 0, maximum: MAX_PAGES }),
  "Free pages that the guest keeps and its driver does not get. Default: Linux's min watermark, the square root of 16 times " +
    "the VM's KiB, from 128 KiB to 64 MiB (published: mm/page_alloc.c).",
);

export function capField(byDefault: number, source: string): Field<number> {
  return defaulted(
    ratio,
    `Most of the configured pages that the balloon may hold, 0 to 1. Default: ${byDefault} (published: ${source}).`,
    byDefault,
  );
}

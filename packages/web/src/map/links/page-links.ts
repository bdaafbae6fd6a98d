import { askImmutable } from "../../api/immutable-answers.ts";
import type { Selection } from "../../run/selection.ts";
import { FrameLink, RealPageLink, VirtualPageLink } from "./page-links.generated.ts";

export type RealPageOf = { readonly vm: number; readonly realPage: number };
export type VirtualPageOf = { readonly vm: number; readonly process: number; readonly virtualPage: number; readonly name: string | null };

/** A page with what stands behind and before it. A shared frame has several real pages. */
export type PageLinks = {
  readonly frame: number | undefined;
  readonly realPages: readonly RealPageOf[];
  readonly virtualPage: VirtualPageOf | undefined;
  /** Where the real page is, in words, if there is exactly one. */
  readonly description: string | undefined;
};

export const NO_LINKS: PageLinks = { frame: undefined, realPages: [], virtualPage: undefined, description: undefined };

export type LinkMoment = { readonly run: string; readonly position: string };

/** Follows a page through the tables of a moment in either direction. @throws ApiError; DOMException AbortError. */
export async function findLinks(moment: LinkMoment, page: Selection, signal: AbortSignal): Promise<PageLinks> {
  if (page.kind === "frame") return await linksOfFrame(moment, page.physicalPage, signal);
  if (page.kind === "real") return await linksOfRealPage(moment, page, signal);
  const { run } = await askImmutable(VirtualPageLink, { ...moment, vm: page.vm, process: page.process, page: page.virtualPage }, signal);
  const { realPage, physicalPage, virtualPageName } = run?.at.translate ?? {};
  if (realPage != null) return await linksOfRealPage(moment, { vm: page.vm, realPage }, signal);
  return { ...NO_LINKS, frame: physicalPage ?? undefined, virtualPage: { ...page, name: virtualPageName ?? null } };
}

async function linksOfFrame(moment: LinkMoment, frame: number, signal: AbortSignal): Promise<PageLinks> {
  const { run } = await askImmutable(FrameLink, { ...moment, frame }, signal);
  const { vm, realPage } = run?.at.frame ?? {};
  if (vm != null && realPage != null) return await linksOfRealPage(moment, { vm, realPage }, signal);
  return { ...NO_LINKS, frame, realPages: run?.at.sharers ?? [] };
}

async function linksOfRealPage(moment: LinkMoment, { vm, realPage }: RealPageOf, signal: AbortSignal): Promise<PageLinks> {
  const { run } = await askImmutable(RealPageLink, { ...moment, vm, page: realPage }, signal);
  const page = run?.at.realPage;
  const { process, virtualPage, virtualPageName: name = null } = page ?? {};
  return {
    frame: page?.physicalPage ?? undefined,
    realPages: [{ vm, realPage }],
    virtualPage: process == null || virtualPage == null ? undefined : { vm, process, virtualPage, name },
    description: page?.description,
  };
}

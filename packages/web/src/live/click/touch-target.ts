import { ask } from "../../api/ask.ts";
import type { Selection } from "../../run/selection.ts";
import { ClickedFrame, ClickedRealPage, type ClickedFrameQuery, type ClickedRealPageQuery } from "./click.generated.ts";

/** The access that stands for a click on a page. */
export type TouchTarget =
  | { readonly by: "process"; readonly vm: number; readonly process: number; readonly virtualPage: number; readonly words: string }
  | { readonly by: "kernel"; readonly vm: number; readonly realPage: number; readonly words: string };

/** Why no access can reach a page. */
export class Unreachable extends Error {}

type Moment = { readonly run: string; readonly position: string };
type Clicked = Moment & { /** The page, in words. */ readonly clicked: string };
type Frame = NonNullable<ClickedFrameQuery["run"]>["at"]["frame"];
type RealPage = NonNullable<NonNullable<ClickedRealPageQuery["run"]>["at"]["realPage"]>;

/** @throws Unreachable; ApiError. */
export async function targetOf({ clicked, ...moment }: Clicked, page: Selection): Promise<TouchTarget> {
  if (page.kind === "virtual") return { by: "process", ...page, words: clicked };
  if (page.kind === "real") return await targetOfRealPage(moment, page.vm, page.realPage);
  const { run } = await ask(ClickedFrame, { ...moment, frame: page.physicalPage });
  const { vm, realPage } = ownerOf(page.physicalPage, run?.at.frame);
  return await targetOfRealPage(moment, vm, realPage);
}

/** The real page that a frame stands behind. @throws Unreachable. */
export function ownerOf(number: number, frame: Frame | undefined): { readonly vm: number; readonly realPage: number } {
  if (frame?.owner === "SHARED") {
    throw new Unreachable(`Frame ${number} is shared by ${frame.sharers} real pages: click one of these in the grid of its VM.`);
  }
  if (frame?.owner === "HYPERVISOR") throw new Unreachable(`Frame ${number} is the hypervisor's: no VM can reach it.`);
  if (frame?.vm == null || frame.realPage === null) {
    throw new Unreachable(`Frame ${number} is free: no page leads to it. A process gets a frame when it touches a page that has none.`);
  }
  return { vm: frame.vm, realPage: frame.realPage };
}

async function targetOfRealPage(moment: Moment, vm: number, page: number): Promise<TouchTarget> {
  const { run } = await ask(ClickedRealPage, { ...moment, vm, page });
  const name = run?.at.vm?.name ?? `VM ${vm}`;
  return accessOf({ vm, page, name }, run?.at.realPage ?? undefined);
}

/** The access that reaches a real page. @throws Unreachable. */
export function accessOf(
  { vm, page, name }: { readonly vm: number; readonly page: number; readonly name: string },
  found: RealPage | undefined,
): TouchTarget {
  if (found === undefined) throw new Unreachable(`${name} has no real page ${page} now.`);
  const { use, process, virtualPage, virtualPageName } = found;
  if (use === "FREE") {
    throw new Unreachable(
      `Real page ${page} of ${name} is free: no process has it. The guest gives it to a process that touches a new virtual page.`,
    );
  }
  if (process === null || virtualPage === null) {
    return { by: "kernel", vm, realPage: page, words: `real page ${page} of ${name} by its kernel` };
  }
  const called = virtualPageName === null ? "" : ` (${virtualPageName})`;
  return { by: "process", vm, process, virtualPage, words: `virtual page ${virtualPage}${called} of process ${process} in ${name}` };
}

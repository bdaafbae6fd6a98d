import { ask } from "../api/ask.ts";
import type { Page } from "../api/paged-list.ts";
import type { Selection } from "../run/selection.ts";
import {
  FrameStory,
  RealPageStory,
  type RealPageStoryQuery,
  type RealPageStoryQueryVariables,
  VirtualPageStory,
} from "./story.generated.ts";

/** An event of a page's life, with the decision behind it. */
export type StoryEvent = NonNullable<RealPageStoryQuery["run"]>["pageHistory"]["nodes"][number];

/** Which part of a story: see the API's histories. */
export type StoryRange = Omit<RealPageStoryQueryVariables, "vm" | "realPage">;

/** The question that gives the story of a page, for asking and for showing it. */
export function storyQuestion(selection: Selection, range: StoryRange) {
  switch (selection.kind) {
    case "frame":
      return { document: FrameStory, variables: { ...range, physicalPage: selection.physicalPage } };
    case "real":
      return { document: RealPageStory, variables: { ...range, vm: selection.vm, realPage: selection.realPage } };
    case "virtual": {
      const { vm, process, virtualPage } = selection;
      return { document: VirtualPageStory, variables: { ...range, vm, process, virtualPage } };
    }
  }
}

const NONE: Page<StoryEvent> = { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } };

/** Events of a page's life, one page of the list. */
export async function askStory(selection: Selection, range: StoryRange, signal: AbortSignal): Promise<Page<StoryEvent>> {
  switch (selection.kind) {
    case "frame":
      return (await ask(FrameStory, { ...range, physicalPage: selection.physicalPage }, signal)).run?.frameHistory ?? NONE;
    case "real":
      return (await ask(RealPageStory, { ...range, vm: selection.vm, realPage: selection.realPage }, signal)).run?.pageHistory ?? NONE;
    case "virtual": {
      const { vm, process, virtualPage } = selection;
      return (await ask(VirtualPageStory, { ...range, vm, process, virtualPage }, signal)).run?.virtualPageHistory ?? NONE;
    }
  }
}

import type { StoryEvent } from "./story-source.ts";

type Told = Partial<Omit<StoryEvent, "fields">> & { readonly fields?: Readonly<Record<string, number | string>> };

/** An event with the fields that a test names: numbers as values, texts as choices. */
export function storyEvent(type: StoryEvent["type"], position: number, { fields = {}, ...rest }: Told = {}): StoryEvent {
  return {
    position: String(position),
    timeNs: String(position * 1_000),
    type,
    sentence: "",
    vm: 1,
    process: null,
    decided: null,
    ...rest,
    fields: Object.entries(fields).map(([name, value]) => ({
      name,
      kind: typeof value === "string" ? "CHOICE" : name.endsWith("hysicalPage") ? "PHYSICAL_PAGE" : "REAL_PAGE",
      value: typeof value === "string" ? "1" : String(value),
      shown: String(value),
      virtualPageName: null,
    })),
  };
}

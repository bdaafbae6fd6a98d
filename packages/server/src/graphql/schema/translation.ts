import type { Moment } from "../../api/moment/moment.ts";
import { CONTENT_PLACES, TRANSLATION_OUTCOMES, type Translation, type TranslationStep, WALK_TABLES } from "../../api/moment/translate.ts";
import { builder } from "./builder.ts";
import { enumValues } from "./enum-values.ts";
import { VIRTUAL_PAGE_NAME, virtualPageName } from "./virtual-page-name.ts";

function enumOf<Name extends string>(name: string, description: string, values: Readonly<Record<Name, string>>) {
  const entries = Object.entries<string>(values).map(([value, text]) => [value, value as Name, text] as const);
  return builder.enumType(name, { description, values: enumValues(entries) });
}

const ContentPlaceEnum = enumOf("ContentPlace", "Where the content of a page is.", CONTENT_PLACES);
const OutcomeEnum = enumOf("TranslationOutcome", "How a translation ends.", TRANSLATION_OUTCOMES);
const WalkTableEnum = enumOf("WalkTable", "A table that a translation goes through.", WALK_TABLES);

const StepRef = builder.objectRef<TranslationStep>("TranslationStep").implement({
  description: "One look into one table.",
  fields: (t) => ({
    table: t.field({ type: WalkTableEnum, description: "The table looked into.", resolve: (step) => step.table }),
    page: t.exposeInt("page", { description: "The page number looked up." }),
    found: t.exposeInt("found", {
      nullable: true,
      description: "The page number found; null if the table has no entry.",
    }),
    description: t.exposeString("description", { description: "What was found, in words." }),
  }),
});

export const TranslationRef = builder.objectRef<Translation & { readonly moment: Moment }>("Translation").implement({
  description: "The way of a virtual page through every table, as it would be taken at this moment.",
  fields: (t) => ({
    vm: t.exposeInt("vm", { description: "The VM's number." }),
    process: t.exposeInt("process", { description: "The process's number within the VM." }),
    virtualPage: t.exposeInt("virtualPage", { description: "The page that is translated." }),
    virtualPageName: t.string({
      nullable: true,
      description: VIRTUAL_PAGE_NAME,
      resolve: ({ moment, vm, process, virtualPage: page }, _args, context) => virtualPageName(moment, { vm, process, page }, context),
    }),
    realPage: t.exposeInt("realPage", {
      nullable: true,
      description: "The real page; null without an entry, and under one-level mapping.",
    }),
    physicalPage: t.exposeInt("physicalPage", {
      nullable: true,
      description: "The frame's number; null if no frame is reached.",
    }),
    outcome: t.field({ type: OutcomeEnum, description: "How it ends.", resolve: (translation) => translation.outcome }),
    contentPlace: t.field({
      type: ContentPlaceEnum,
      description: "Where the content is.",
      resolve: (translation) => translation.contentPlace,
    }),
    swapSlot: t.exposeInt("swapSlot", { nullable: true, description: "Its slot in the host's swap, if it is there." }),
    steps: t.field({
      type: [StepRef],
      description: "Every step, in order.",
      resolve: (translation) => translation.steps,
    }),
    walkReferences: t.exposeInt("walkReferences", {
      description:
        "Memory references of a full walk of four-level tables: 4, or where the hardware walks both tables 24, and 19 under a " +
        "large mapping, which ends one level higher.",
    }),
  }),
});

import type { RequestContext } from "../../api/request-context.ts";
import type { Moment } from "../../api/moment/moment.ts";

export const VIRTUAL_PAGE_NAME = "The name that the scenario gives that virtual page; null: none.";

type Place = { readonly vm: number; readonly process: number | null | undefined; readonly page: number | null | undefined };

/** What a virtual page is called in the run of a moment; null: it has no name, or there is no page. */
export async function virtualPageName(
  { run, position }: Moment,
  { vm, process, page }: Place,
  { services }: RequestContext,
): Promise<string | null> {
  if (process == null || page == null || process === 0) return null;
  return (await services.texts.pageNames.upTo(run.logId, position))(vm, process, page);
}

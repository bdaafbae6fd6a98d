import { type Selection, selectionText } from "./selection.ts";
import { pagePath } from "../page-paths.ts";

/** The address of a page's story; `at`: as of which position, `open`: with the causes of which event. */
export function whyHref(
  run: string,
  page: Selection,
  { at, open }: { readonly at?: string | number | undefined; readonly open?: string | undefined } = {},
): string {
  const search = new URLSearchParams({
    page: selectionText(page),
    ...(at === undefined ? {} : { at: String(at) }),
    ...(open === undefined ? {} : { open }),
  });
  return `${pagePath("why", { run })}?${search}`;
}

/** The address of a moment on the Memory screen, with a page selected there. */
export function momentHref(run: string, at: string | number, page?: Selection): string {
  const search = new URLSearchParams({ at: String(at), ...(page === undefined ? {} : { page: selectionText(page) }) });
  return `${pagePath("map", { run })}?${search}`;
}

/** The address of the translation of a virtual page at a moment. */
export function translateHref(
  run: string,
  { vm, process, virtualPage }: { readonly vm: number; readonly process: number; readonly virtualPage: number },
  at: string | number,
): string {
  const search = new URLSearchParams({ vm: String(vm), process: String(process), vpage: String(virtualPage), at: String(at) });
  return `${pagePath("translate", { run })}?${search}`;
}

import { BallastError } from "@ballast/core/errors";

export type ReportOption = { readonly report?: string | undefined };

export const REPORT_OPTION = [
  "--report <file>",
  "also as a page that needs nothing besides itself, to be read and mailed: report.html",
] as const;

/** What is wrong with it is said before anything is executed. @throws BallastError INPUT_INVALID. */
export function checkReportOption({ report }: ReportOption): void {
  if (report === undefined || /\.html?$/.test(report)) return;
  throw new BallastError("INPUT_INVALID", `--report ${report}: a report is an HTML page; its name ends in .html.`);
}

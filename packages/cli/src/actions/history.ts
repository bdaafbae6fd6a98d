import { BallastError } from "@ballast/core/errors";
import type { Application } from "@ballast/server/application";
import type { PageHistory, PageHistoryRange } from "@ballast/server/history";
import { PageNames } from "@ballast/server/runs/execution";
import type { Cli } from "../cli.ts";
import { findProcess, findVirtualPage, findVm, requireFrame, requireRealPage } from "../find-page.ts";
import { momentOf, type RunMoment } from "../moment-of.ts";
import type { PageText } from "../page-options.ts";
import { eventLine } from "../presentation/event-line.ts";
import { eventShape } from "../presentation/event-shape.ts";
import { withApplication } from "../with-application.ts";

export type Options = {
  readonly vm?: string;
  readonly process?: string;
  readonly page?: PageText;
  readonly realPage?: number;
  readonly frame?: number;
  readonly limit?: number;
  readonly json?: true;
};

type Source = { readonly what: string; readonly read: (range: PageHistoryRange) => Promise<PageHistory> };

/** Events of one question to the history. */
const PAGE_EVENTS = 1_000;

export async function historyAction(cli: Cli, text: string, options: Options): Promise<void> {
  requireOnePage(options);
  await withApplication(cli, { execute: false }, async (application) => {
    const moment = await momentOf(cli, application, text, "latest");
    const source = await sourceOf(application, moment, options);
    const count = await printHistory(cli, application, { ...options, moment, source });
    if (count === 0) cli.progress.say(`No event of run ${moment.run.id} names ${source.what}.`);
  });
}

function requireOnePage({ vm, process, page, realPage, frame }: Options): void {
  const given = [vm, process, page, realPage, frame]
    .map((option) => option !== undefined)
    .map(Number)
    .join("");
  if (["11100", "10010", "00001"].includes(given)) return;
  const ways = "--vm, --process and --page for a virtual page, --vm and --real-page for a real page, or --frame";
  throw new BallastError("INPUT_INVALID", `Give one page: ${ways}.`);
}

async function sourceOf({ history, pool }: Application, { run, machine }: RunMoment, options: Options): Promise<Source> {
  const { logId } = run;
  if (options.frame !== undefined) {
    const frame = requireFrame(machine, options.frame);
    return { what: `frame ${frame}`, read: (range) => history.frameHistory(logId, frame, range) };
  }
  const vm = findVm(machine, options.vm ?? "");
  if (options.realPage !== undefined) {
    const page = requireRealPage(vm, options.realPage);
    return { what: `real page ${page} of VM ${vm.vm}`, read: (range) => history.pageHistory(logId, vm.vm, page, range) };
  }
  const process = findProcess(machine, vm, options.process ?? "");
  const virtualPage = await findVirtualPage({ pool, run, machine, process }, options.page ?? 0);
  const asked = { vm: vm.vm, process: process.process, virtualPage };
  return {
    what: `virtual page ${virtualPage} of process ${asked.process} of VM ${asked.vm}`,
    read: (range) => history.virtualPageHistory(logId, asked, range),
  };
}

type Printing = Options & { readonly moment: RunMoment; readonly source: Source };

/** Returns how many events there were. */
async function printHistory({ output, signal }: Cli, { pool }: Application, { moment, source, limit, json }: Printing): Promise<number> {
  const names = new PageNames(pool);
  const max = limit ?? Infinity;
  let count = 0;
  for (let after = 0, hasMore = true; hasMore && count < max;) {
    signal.throwIfAborted();
    const page = await source.read({ after, first: Math.min(max - count, PAGE_EVENTS), to: moment.run.headPosition });
    for (const event of await names.addTo(moment.run.logId, page.events)) {
      await output.line(json === true ? JSON.stringify(eventShape(event)) : eventLine(event, (style, text) => output.paint(style, text)));
    }
    count += page.events.length;
    ({ scannedTo: after, hasMore } = page);
  }
  return count;
}

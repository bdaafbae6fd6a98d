import { BallastError } from "@ballast/core/errors";
import { processId, realPage as realPageNumber, virtualPage } from "@ballast/core/ids";
import type { Command } from "@ballast/core/kernel";
import type { Application } from "@ballast/server/application";
import type { Cli } from "../cli.ts";
import { findProcess, findVirtualPage, findVm, requireRealPage } from "../find-page.ts";
import { unlessInterrupted } from "../interruption.ts";
import { momentOf, type RunMoment } from "../moment-of.ts";
import type { PageText } from "../page-options.ts";
import { runShape } from "../presentation/run-shape.ts";
import { stateLine } from "../presentation/run-lines.ts";
import { describeWaiting } from "../describe-waiting.ts";
import { withApplication } from "../with-application.ts";

export type TouchOptions = {
  readonly vm: string;
  readonly process?: string;
  readonly page?: PageText;
  readonly write?: true;
  readonly realPage?: number;
  readonly json?: true;
};
export type BalloonOptions = { readonly vm: string; readonly target: number; readonly json?: true };

/** For the machine as it is now. */
type CommandOf = (application: Application, moment: RunMoment) => Promise<Command>;

export async function touchAction(cli: Cli, run: string, options: TouchOptions): Promise<void> {
  const { process, page, write, realPage } = options;
  const isReal = realPage !== undefined;
  const isWhole = isReal ? process === undefined && page === undefined && write === undefined : process !== undefined && page !== undefined;
  if (!isWhole) {
    const ways = "--process and --page for an access by a process, or --real-page for one by the guest's kernel";
    throw new BallastError("INPUT_INVALID", `Give one page: ${ways}.`);
  }
  await send(cli, run, options, (application, moment) => touchOf(application, moment, options));
}

export async function balloonAction(cli: Cli, run: string, options: BalloonOptions): Promise<void> {
  await send(cli, run, options, async (_application, { machine }) => {
    return { kind: "setBalloonTarget", vm: findVm(machine, options.vm).vm, pages: options.target };
  });
}

async function touchOf({ pool }: Application, { run, machine }: RunMoment, options: TouchOptions): Promise<Command> {
  const vm = findVm(machine, options.vm);
  if (options.realPage !== undefined)
    return { kind: "touchRealPage", vm: vm.vm, realPage: realPageNumber(requireRealPage(vm, options.realPage)) };
  const process = findProcess(machine, vm, options.process ?? "");
  const page = await findVirtualPage({ pool, run, machine, process }, options.page ?? 0);
  const { process: number } = process;
  return { kind: "touchPage", vm: vm.vm, process: processId(number), virtualPage: virtualPage(page), write: options.write === true };
}

async function send(cli: Cli, text: string, { json }: { readonly json?: true }, commandOf: CommandOf): Promise<void> {
  await withApplication(cli, { execute: false }, async (application) => {
    const moment = await momentOf(cli, application, text, "latest");
    const command = await commandOf(application, moment);
    const { id } = moment.run;
    const answer = unlessInterrupted(cli.signal, application.runs.sendCommand(id, command, cli.signal));
    const { run, position } = await describeWaiting(cli, id, answer);
    if (json === true) return await cli.output.json({ position, run: runShape(run) });
    await cli.output.line(stateLine(run));
    await cli.output.line(`The command is event ${position}. What came of it: ballast events ${id} --from ${position}`);
  });
}

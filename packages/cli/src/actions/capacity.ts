import { BallastError } from "@ballast/core/errors";
import { type CapacityAnswer, type CapacityQuestion, findCapacity, type Varied } from "@ballast/server/capacity";
import type { Experiment, StartExperiment } from "@ballast/server/experiments";
import type { Cli } from "../cli.ts";
import { type ExportOptions, type ExportTarget, exportTargets } from "../exports/export-options.ts";
import { findScenario } from "../find-scenario.ts";
import type { PolicyChoice } from "../policy-choice.ts";
import { capacityLines, pointText } from "../presentation/capacity-lines.ts";
import { capacityShape } from "../presentation/capacity-shape.ts";
import { STANDARD_STREAM } from "../standard-stream.ts";
import { variantsFrom } from "../variant-choices.ts";
import { withApplication } from "../with-application.ts";
import { executeExperiment } from "./execute-experiment.ts";
import { experimentKey, keySuffix } from "./experiment-key.ts";

export type Options = ExportOptions & {
  readonly policies: readonly PolicyChoice[];
  readonly maxSlowdown: number;
  readonly percentile: number;
  readonly vary: Varied;
  readonly vm?: string;
  readonly seeds?: number | readonly number[];
  readonly anew?: true;
  readonly json?: true;
};

/** Searches. The same command on the same scenario takes up what was begun before: each step is an experiment under a key of its own. */
export async function capacityAction(cli: Cli, text: string, options: Options): Promise<void> {
  const { policies, maxSlowdown, percentile, vary, vm, seeds, anew } = options;
  if (vary === "frames" && vm !== undefined) {
    throw new BallastError("INPUT_INVALID", "--vm is of --vary vms: with --vary frames all VMs stay as they are.");
  }
  const targets = exportTargets(options);
  const suffix = keySuffix(anew);
  await withApplication(cli, { execute: "own" }, async (application) => {
    const scenario = await findScenario(cli, application, text);
    const variants = variantsFrom(policies, {});
    const question: CapacityQuestion = {
      scenario,
      policies: variants,
      maxSlowdown,
      percentile,
      vary,
      vm,
      ...(seeds === undefined ? {} : { seeds }),
    };
    const execute = (input: StartExperiment): Promise<Experiment> =>
      executeExperiment(cli, application, { ...input, idempotencyKey: experimentKey(input, suffix) }, { atInterruption: "leave" });
    const answer = await findCapacity(question, execute, (label, point) => cli.progress.say(`${label}: ${pointText(point, vary)}`));
    await putOut(cli, answer, { targets, json: options.json });
  });
}

type Output = { readonly targets: readonly ExportTarget[]; readonly json: true | undefined };

/** People are told unless something else takes standard output. */
async function putOut(cli: Cli, answer: CapacityAnswer, { targets, json }: Output): Promise<void> {
  const files = targets.filter(({ format }) => format !== "json");
  if (json === true) await cli.output.json(capacityShape(answer));
  else if (!files.some(({ file }) => file === STANDARD_STREAM)) {
    for (const line of capacityLines(answer, cli.output)) await cli.output.line(line);
  }
  if (files.length === 0) return;
  const [{ capacityTable }, { exportTable }] = await Promise.all([import("@ballast/server/exports"), import("../exports/export-table.ts")]);
  await exportTable(cli, files, () => capacityTable(answer));
}

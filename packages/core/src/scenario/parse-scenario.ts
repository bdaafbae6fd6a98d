import { BallastError, problemsError } from "../errors/index.ts";
import type { ErrorCode } from "../errors/index.ts";
import { assembleScenario } from "./assemble-scenario.ts";
import type { Command } from "./command.ts";
import { commandForm } from "./forms/command-form.ts";
import { reportOtherVersion } from "./format-version.ts";
import { scenarioForm } from "./forms/scenario-form.ts";
import { loneVmForm } from "./forms/vm-form.ts";
import { Place } from "../reading/place.ts";
import { type Reader, refined } from "../reading/reader.ts";
import type { Scenario } from "./scenario.ts";
import type { VmSpec } from "./vm-spec.ts";

const scenarioOfThisVersion = refined(scenarioForm, assembleScenario);
const wholeScenario: Reader<Scenario> = {
  schema: scenarioOfThisVersion.schema,
  read(json, place) {
    reportOtherVersion(json, place);
    return place.problemCount > 0 ? undefined : scenarioOfThisVersion.read(json, place);
  },
};

/**
 * A scenario from its JSON form, complete and checked.
 * @throws BallastError SCENARIO_INVALID that lists every problem with its JSON pointer, what was found and what is allowed.
 */
export function parseScenario(json: unknown): Scenario {
  return readWhole(wholeScenario, json, "SCENARIO_INVALID", "The scenario cannot be used");
}

/** One VM, as the command `addVm` takes it: a VM of a scenario without `count`. @throws BallastError COMMAND_INVALID */
export function parseVmSpec(json: unknown): VmSpec {
  return readWhole(loneVmForm, json, "COMMAND_INVALID", "The VM cannot be added");
}

/** A command from its JSON form, as the event CommandAccepted keeps it. @throws BallastError COMMAND_INVALID */
export function parseCommand(json: unknown): Command {
  return readWhole(commandForm, json, "COMMAND_INVALID", "The command cannot be given");
}

function readWhole<T>(reader: Reader<T>, json: unknown, code: ErrorCode, what: string): T {
  const place = Place.root();
  const value = reader.read(json, place);
  if (place.problems.length > 0) throw problemsError(code, what, place.problems);
  if (value === undefined) throw new BallastError("INTERNAL", "A reader refused its input without saying why.");
  return value;
}

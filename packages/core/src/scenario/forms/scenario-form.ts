import { MAX_SEED, MAX_COMMANDS, MAX_NS, MAX_VMS } from "../../reading/limits.ts";
import { byType, list, nothing, table } from "../../reading/collections.ts";
import { defaulted, object, optional, required, type ValuesOf } from "../../reading/object.ts";
import { duration } from "../../reading/quantities.ts";
import { named, type Reader, refined } from "../../reading/reader.ts";
import { choice, flag, integer, real } from "../../reading/scalars.ts";
import { nameText, patterned, prose } from "../../reading/text.ts";
import { formatVersionForm } from "../format-version.ts";
import type { PolicyChoice } from "../scenario.ts";
import { scriptedCommandForm } from "./command-form.ts";
import { hostForm } from "./host-form.ts";
import { accessTime } from "./process-form.ts";
import { guestFields, type RepeatedVm, repeatedVmForm, startJitter } from "./vm-form.ts";

const policyName = patterned("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", 'a policy\'s name such as "idle-steal"');

const parameterValue: Reader<number | boolean | string> = byType<number | boolean | string>(
  {
    number: real({ minimum: -Number.MAX_VALUE, maximum: Number.MAX_VALUE }),
    boolean: flag,
    string: prose(1000),
  },
  "a number, true, false or text",
);

const policyForm: Reader<PolicyChoice> = byType<PolicyChoice>(
  {
    string: refined(policyName, (name): PolicyChoice => ({ name, parameters: {} })),
    object: object({
      name: required(policyName, "The policy's name."),
      parameters: defaulted(
        table("^[a-z][A-Za-z0-9]{0,63}$", "the name of a parameter, in camelCase", parameterValue, 1000),
        "Its parameters; those left out have the policy's defaults.",
        {},
      ),
    }),
  },
  'a policy\'s name such as "idle-steal", or an object with name and parameters',
);

const repeatedVm: Reader<RepeatedVm> = named("vm", () => repeatedVmForm);

const nativeOs = object({
  name: defaulted(nameText, 'Its name. Default: "os".', "os"),
  ...guestFields,
});

const osForm = named("os", () => nativeOs);
export const osSchema = nativeOs.schema;

const time = duration({ minimum: 0, maximum: MAX_NS });
const someTime = duration({ minimum: 1, maximum: MAX_NS });

const scenarioFields = {
  $schema: optional(prose(1000), "Where editors find this schema; means nothing to the simulation."),
  formatVersion: optional(formatVersionForm, "Version of the scenario format that this is written in. Without it: the one that reads it."),
  name: required(nameText, "The scenario's name."),
  description: defaulted(prose(4000), "One paragraph: what is to be seen. Default: empty.", ""),
  seed: defaulted(integer({ minimum: 0, maximum: MAX_SEED }, ""), "Fixes all randomness. Default: 1.", 1),
  mapping: optional(
    choice(["oneLevel", "twoLevel"]),
    "oneLevel: one OS on the bare host (give `os`); twoLevel: a hypervisor and VMs (give `vms`). Default: by which of them is there.",
  ),
  mmu: defaulted(
    choice(["shadow", "nested"]),
    "Of two levels: shadow traps at every page-table update, nested only at a missing real map entry. Default: nested.",
    "nested",
  ),
  durationNs: defaulted(
    byType<number | null>({ null: nothing, number: someTime, string: someTime }, 'ns, text such as "10 s", or null'),
    "The run ends at this time, until which VMs without work stay idle; null: when every workload has finished. Default: null.",
    null,
  ),
  recordHits: defaulted(flag, "Whether each page hit becomes an event; for teaching. Default: false.", false),
  sampleNs: defaulted(time, 'Period of the samples: ns, or text such as "10 ms"; 0 for none. Default: 10 ms.', 10_000_000),
  lookaheadNs: defaulted(time, "How far a VM's hits may run ahead of the VM that is furthest behind. Default: 100 us (assumed).", 100_000),
  accessNs: optional(
    accessTime,
    "Simulated time each access takes besides faults, for the VMs (or the OS) and processes that do not give it; VMs that the script " +
      "adds give their own. Default: 100 ns (assumed: about one access to memory).",
  ),
  startJitterNs: optional(
    startJitter,
    "Of VMs that do not give it: each is switched on up to so much later than its startNs, independently. Default: 0.",
  ),
  host: required(hostForm, "The physical machine."),
  vms: optional(list(repeatedVm, { minimum: 0, maximum: MAX_VMS }, "VMs"), "The VMs, under two-level mapping."),
  os: optional(osForm, "The native operating system, under one-level mapping; it has all the memory of the host."),
  policy: defaulted(policyForm, "The policy the scenario is meant for; a run may name another. Default: random-steal.", "random-steal"),
  script: defaulted(
    list(scriptedCommandForm, { minimum: 0, maximum: MAX_COMMANDS }, "commands"),
    "Commands that the run gives itself, by ascending time. Default: none.",
    [],
  ),
};

export type ScenarioValues = ValuesOf<typeof scenarioFields>;

export const scenarioForm: Reader<ScenarioValues> = object(scenarioFields, {
  oneOf: [{ required: ["vms"] }, { required: ["os"] }],
});

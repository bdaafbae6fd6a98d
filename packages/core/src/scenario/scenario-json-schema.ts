import { balloonSchema } from "./forms/balloon-form.ts";
import { scriptedCommandSchema } from "./forms/command-form.ts";
import { deviceSchema } from "./forms/device-form.ts";
import { fileSchema } from "./forms/file-form.ts";
import { hostSchema } from "./forms/host-form.ts";
import { imageSchema } from "./forms/image-form.ts";
import { processSchema } from "./forms/process-form.ts";
import { osSchema, scenarioForm } from "./forms/scenario-form.ts";
import { repeatedVmForm } from "./forms/vm-form.ts";
import { watermarkSchema } from "./forms/watermark-form.ts";
import { workloadSchema } from "../workload/index.ts";
import type { JsonSchema } from "../reading/reader.ts";

/**
 * What `parseScenario` takes, as JSON Schema 2020-12 for editors: made from the same readers. Checks between fields
 * (overhead against frames, a page against its process) are the parser's alone.
 */
export function scenarioJsonSchema(): JsonSchema {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Ballast scenario",
    description: "The whole input of a simulation run. Pages are 4 KiB; times are simulated.",
    ...scenarioForm.schema,
    $defs: {
      host: hostSchema,
      vm: repeatedVmForm.schema,
      os: osSchema,
      process: processSchema,
      image: imageSchema,
      file: fileSchema,
      workload: workloadSchema,
      device: deviceSchema,
      balloon: balloonSchema,
      watermarks: watermarkSchema,
      scriptedCommand: scriptedCommandSchema,
    },
  };
}

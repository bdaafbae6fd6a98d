import { writeFileSync } from "node:fs";
import { Stryker } from "@stryker-mutator/core";

/** Started in the copy of the tree: `node mutation/run-target.ts <file for the results> <range> ...`. */
const [output, ...mutate] = process.argv.slice(2);
if (output === undefined || mutate.length === 0) throw new Error("a file for the results and ranges to mutate are needed");

const results = await new Stryker({ configFile: "mutation/stryker.json", mutate }).runMutationTest();
writeFileSync(
  output,
  JSON.stringify(
    results.map(({ fileName, location, mutatorName, replacement, status }) => ({ fileName, location, mutatorName, replacement, status })),
  ),
);
process.exit(0);

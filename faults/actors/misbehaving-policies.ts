import { cpSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { policy as adversarial } from "../../packages/server/src/runs/misbehaving-policies/adversarial.fixture.ts";
import type { Misbehaviour } from "../plan/run-specs.ts";
import type { Scratch } from "./scratch.ts";

const FOLDER = join(import.meta.dirname, "../../packages/server/src/runs/misbehaving-policies");
const ENDING = ".fixture.ts";

const names = (): string[] =>
  readdirSync(FOLDER)
    .filter((file) => file.endsWith(ENDING))
    .map((file) => file.slice(0, -ENDING.length));

/** Copies in the simulation's folder, by which processes of theirs are known. */
export function copyMisbehavingPolicies(scratch: Scratch): string[] {
  const folder = scratch.make("policies");
  cpSync(FOLDER, folder, { recursive: true });
  return names().map((name) => join(folder, `${name}${ENDING}`));
}

/** Every way in which a policy of the tests misbehaves. */
export function listMisbehaviours(): Misbehaviour[] {
  const attacks = adversarial.parameters["attack"]?.type === "choice" ? adversarial.parameters["attack"].choices : [];
  return [
    ...names()
      .filter((name) => name !== adversarial.name)
      .map((policy) => ({ policy, parameters: {} })),
    ...attacks.map((attack) => ({ policy: adversarial.name, parameters: { attack } })),
  ];
}

import { KEEPS } from "@ballast/server/run";
import { Option } from "commander";

/** What is kept of each run that a command executes. */
export function keepOption(): Option {
  return new Option("--keep <what>", "events, or only figures and the digest of the events").choices(KEEPS).default("events");
}

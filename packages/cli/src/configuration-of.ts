import { dirname } from "node:path";
import { defaultDataFolder } from "@ballast/embedded-postgres";
import { type Configuration, readConfiguration, type SettingName } from "@ballast/server/configuration";
import type { Cli } from "./cli.ts";

/** The configuration of a command: its flags, the environment, ballast.config.json here or in the project. */
export function configurationOf(cli: Cli, flags: Readonly<Partial<Record<SettingName, string>>> = {}): Configuration {
  const projectFolder = dirname(dirname(defaultDataFolder()));
  return readConfiguration({ flags, environment: cli.environment, folders: [cli.folder, projectFolder] });
}

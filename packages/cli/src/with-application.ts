import { dirname } from "node:path";
import { type Application, startApplication, type StartOptions } from "@ballast/server/application";
import { type Configuration, readConfiguration, type SettingName } from "@ballast/server/configuration";
import { defaultDataFolder } from "@ballast/embedded-postgres";
import type { Cli } from "./cli.ts";
import { rebuildLine } from "./presentation/rebuild-line.ts";

/** The configuration of a command: its flags, the environment, ballast.config.json here or in the project. */
export function configurationOf(cli: Cli, flags: Readonly<Partial<Record<SettingName, string>>> = {}): Configuration {
  const projectFolder = dirname(dirname(defaultDataFolder()));
  return readConfiguration({ flags, environment: cli.environment, folders: [cli.folder, projectFolder] });
}

/** Starts what the work needs, and stops all of it again however the work ends. */
export async function withApplication<Result>(
  cli: Cli,
  options: Pick<StartOptions, "execute">,
  work: (application: Application) => Promise<Result>,
): Promise<Result> {
  const application = await startApplication(configurationOf(cli), {
    execute: options.execute,
    signal: cli.signal,
    onProgress: (message) => cli.progress.hint(message),
    onRebuild: (progress) => cli.progress.hint(rebuildLine(progress)),
    onNotice: ({ what, error }) => cli.progress.say(error instanceof Error ? `${what}: ${error.message}` : what),
  });
  try {
    return await work(application);
  } finally {
    cli.progress.clear();
    await application.shutdown();
  }
}

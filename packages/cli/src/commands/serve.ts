import type { Command } from "commander";
import type { Cli } from "../cli.ts";
import { addExamples } from "../command-description.ts";
import type { ServeOptions } from "../serve/serve.ts";

export function addServeCommand(program: Command, cli: Cli): void {
  const command = program
    .command("serve")
    .description("serve the GraphQL API, and execute the runs that are queued; `npm start` does this")
    .option("--port <port>", "port to listen on, 0 for any free one (PORT; 4000)")
    .option("--host <address>", "address to listen on (HOST; 127.0.0.1)")
    .option("--no-sample", "no comparison of policies on an empty database")
    .action(async (options: ServeOptions) => {
      // The API and its schema take longer to load than most commands take altogether: no other command loads them.
      const { serve } = await import("../serve/serve.ts");
      await serve(cli, options);
    });
  addExamples(command, ["serve", "serve --port 4100", "serve --no-sample"]);
}

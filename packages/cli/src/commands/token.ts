import { type Command, InvalidArgumentError, Option } from "commander";
import type { ApiToken } from "@ballast/server/access";
import { type Scope, SCOPE_NAMES, SCOPES } from "@ballast/server/access/scope";
import type { Pool } from "@ballast/server/database";
import type { Cli } from "../cli.ts";
import { addExamples, jsonOption } from "../command-description.ts";
import { fittingTable } from "../output/fitting-table.ts";
import type { Column } from "../output/table.ts";
import { withApplication } from "../with-application.ts";

type CreateOptions = { readonly scope: Scope; readonly expires: number; readonly json?: true };

const MS_PER: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };
const DEFAULT_LIFETIME_MS = 90 * 86_400_000;
/** A hundred years: what is later than that is meant to be never. */
const MAX_MS = 36_525 * 86_400_000;

const COLUMNS: readonly Column<ApiToken>[] = [
  { title: "token", cell: ({ name }) => name },
  { title: "scope", cell: ({ scope }) => scope },
  { title: "made (UTC)", cell: ({ createdAt }) => showTime(createdAt) },
  { title: "expires (UTC)", cell: ({ expiresAt }) => (expiresAt === null ? "never" : showTime(expiresAt)) },
];

export function addTokenCommand(program: Command, cli: Cli): void {
  const command = program.command("token").description("make and revoke tokens of the API");
  const scopes = SCOPE_NAMES.map((scope) => `${scope}: ${SCOPES[scope]}`).join("; ");
  const create = command
    .command("create")
    .description("make a token; its secret is printed once, and kept nowhere")
    .argument("<name>", "what it is for, such as the name of the program that will use it")
    .addOption(new Option("--scope <scope>", `what it allows. ${scopes}`).choices(SCOPE_NAMES).makeOptionMandatory())
    .addOption(
      new Option("--expires <time>", "after so long: 30m, 12h, 90d; or never").argParser(parseLifetime).default(DEFAULT_LIFETIME_MS, "90d"),
    )
    .addOption(jsonOption("the token with its secret as one JSON object"))
    .action((name: string, options: CreateOptions) =>
      withApplication(cli, { execute: false }, ({ pool }) => makeToken(cli, pool, { name, ...options })),
    );
  const list = command
    .command("list")
    .description("list the tokens, without their secrets")
    .addOption(jsonOption("one JSON object per line and token"))
    .action(({ json }: { json?: true }) =>
      withApplication(cli, { execute: false }, async ({ pool }) => {
        const { listTokens } = await import("@ballast/server/access");
        await showTokens(cli, await listTokens(pool), json);
      }),
    );
  const revoke = command
    .command("revoke")
    .description("end a token; servers let it in for 5 s more at most")
    .argument("<name>", "name of a token (see `ballast token list`)")
    .action((name: string) =>
      withApplication(cli, { execute: false }, async ({ pool }) => {
        const { revokeToken } = await import("@ballast/server/access");
        await revokeToken(pool, name);
        await cli.output.line(`Revoked the token ${name}`);
      }),
    );
  addExamples(command, ["token create grafana --scope read", "token list", "token revoke grafana"]);
  addExamples(create, ["token create grafana --scope read", "token create nightly --scope run --expires 30d --json"]);
  addExamples(list, ["token list"]);
  addExamples(revoke, ["token revoke grafana"]);
}

function parseLifetime(text: string): number {
  if (text === "never") return Number.POSITIVE_INFINITY;
  const [, count, unit = ""] = /^([1-9]\d{0,6})([mhd])$/.exec(text) ?? [];
  const ms = Number(count) * (MS_PER[unit] ?? Number.NaN);
  if (ms <= MAX_MS) return ms;
  throw new InvalidArgumentError("It must be minutes, hours or days, such as 30m, 12h or 90d, up to a hundred years; or never.");
}

async function makeToken(cli: Cli, pool: Pool, { name, scope, expires, json }: CreateOptions & { name: string }): Promise<void> {
  const expiresAt = Number.isFinite(expires) ? new Date(Date.now() + expires) : null;
  const { createToken } = await import("@ballast/server/access");
  const secret = await createToken(pool, { name, scope, expiresAt });
  if (json === true) return await cli.output.json({ name, scope, expiresAt, token: secret });
  await cli.output.line(secret);
  const until = expiresAt === null ? "does not expire" : `expires on ${showTime(expiresAt)} UTC`;
  cli.progress.say(`The token ${name} allows ${scope} and ${until}. Keep it now: it cannot be shown again.`);
}

async function showTokens(cli: Cli, tokens: readonly ApiToken[], json: true | undefined): Promise<void> {
  if (json === true) for (const token of tokens) await cli.output.json({ ...token });
  else if (tokens.length === 0) await cli.output.line("No token yet. Make one: ballast token create <name> --scope read");
  else for (const line of fittingTable(COLUMNS, tokens, cli.output.width)) await cli.output.line(line);
}

function showTime(time: Date): string {
  return time.toISOString().slice(0, 16).replace("T", " ");
}

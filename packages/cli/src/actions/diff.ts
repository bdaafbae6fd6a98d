import { BallastError } from "@ballast/core/errors";
import type { At } from "@ballast/server/history";
import { PageNames } from "@ballast/server/runs/execution";
import type { Cli } from "../cli.ts";
import { findRun } from "../find-run.ts";
import { withRunId } from "../moment-of.ts";
import { diffLines } from "../presentation/diff-lines.ts";
import { diffShape, type DiffShape } from "../presentation/diff-shape.ts";
import { reportStaleKeyframes } from "../stale-keyframes.ts";
import { withApplication } from "../with-application.ts";

export type Options = { readonly limit: number; readonly json?: true };
type Asked = Options & { readonly from: At; readonly to: At };

/** More is kept in memory than a person reads: programs ask the API, page by page. */
const MAX_CHANGES = 100_000;

export async function diffAction(cli: Cli, run: string, asked: Asked): Promise<void> {
  const { limit, json } = asked;
  if (limit > MAX_CHANGES) throw new BallastError("INPUT_INVALID", `--limit is at most ${MAX_CHANGES}, not ${limit}.`);
  const shape = await differenceOf(cli, run, asked);
  if (json === true) await cli.output.json(shape);
  else for (const line of diffLines(shape, cli.output.width)) await cli.output.line(line);
}

async function differenceOf(cli: Cli, text: string, { from, to, limit }: Asked): Promise<DiffShape> {
  return await withApplication(cli, { execute: false }, async ({ runs, history, pool }) => {
    const run = await findRun(runs, text);
    await reportStaleKeyframes(cli, pool, run);
    const diff = await withRunId(run, history.diff(run.logId, from, to, { first: limit }));
    const nameOf = await new PageNames(pool).upTo(run.logId, Math.max(diff.from.position, diff.to.position));
    return diffShape(run, diff, nameOf);
  });
}

import { BallastError, type ErrorCode } from "@ballast/core/errors";
import type { Command } from "@ballast/core/kernel";
import type { Pool, PoolClient } from "pg";
import { announce } from "../signals/channel.ts";
import { query } from "../../database/query.ts";

/** A command that waits in a run's inbox. */
export type OpenCommand = { readonly id: number; readonly command: Command };

/** Of a run that keeps only its figures: a command would be known to its inbox alone, and the run could not be made again. */
export function takesNoCommands(): BallastError {
  return new BallastError("RUN_STATE", "A run that keeps only its figures takes no command but `stop`, and does not begin paused.");
}

/** How a command was answered: with the position of its event, or with a refusal. */
export type CommandAnswer = { readonly position: number } | { readonly error: { readonly code: ErrorCode; readonly message: string } };

export type PostedCommand = { readonly id: number; /** An executor has the run, and looks at its inbox. */ readonly isHeld: boolean };

/**
 * Puts a command into the inbox of a run that is not final; undefined if it is. The run's row is locked, so that no executor
 * gives the run back without having seen it.
 */
export async function postCommand(client: Pool | PoolClient, run: number, command: Command): Promise<PostedCommand | undefined> {
  const text = `
    with open as (
      select id, lease_owner is not null as held from runs
      where id = $1 and status in ('queued', 'running', 'waiting', 'paused') for share
    ), added as (
      insert into run_commands (run_id, command) select id, $2 from open returning id, run_id
    )
    select added.id, open.held as "isHeld", ${announce("commanded", "run_id")} from added join open on open.id = run_id`;
  const rows = await query<PostedCommand>(client, text, [run, JSON.stringify(command)]);
  return rows[0];
}

/** The commands that are not answered, in their order. A taken one cannot be withdrawn any more. */
export async function takeCommands(pool: Pool, run: number): Promise<OpenCommand[]> {
  const text = `
    with taken as (
      update run_commands set taken_at = coalesce(taken_at, now()) where run_id = $1 and finished_at is null
      returning id, command
    )
    select id, command from taken order by id`;
  return await query<OpenCommand>(pool, text, [run]);
}

/** How many of a run's commands were answered with a position. */
export async function countAccepted(pool: Pool, run: number): Promise<number> {
  const text = "select count(*)::integer as accepted from run_commands where run_id = $1 and position is not null";
  const rows = await query<{ accepted: number }>(pool, text, [run]);
  return rows[0]?.accepted ?? 0;
}

export async function answerCommand(pool: Pool, id: number, answer: CommandAnswer): Promise<void> {
  const text = `
    with answered as (
      update run_commands set finished_at = now(), position = $2, error_code = $3, error_message = $4
      where id = $1 and finished_at is null
      returning run_id
    )
    select ${announce("changed", "run_id")} from answered`;
  const error = "error" in answer ? answer.error : null;
  const position = "position" in answer ? answer.position : null;
  await query(pool, text, [id, position, error?.code ?? null, error?.message ?? null]);
}

/**
 * The answer to a command; undefined as long as there is none. @throws BallastError RUN_NOT_FOUND once the run is
 * deleted.
 */
export async function readAnswer(pool: Pool, id: number): Promise<CommandAnswer | undefined> {
  const text = `select finished_at is not null as finished, position, error_code as code, error_message as message
    from run_commands where id = $1`;
  type Row = { finished: boolean; position: number | null; code: ErrorCode | null; message: string | null };
  const [row] = await query<Row>(pool, text, [id]);
  if (row === undefined) throw new BallastError("RUN_NOT_FOUND", "The run was deleted before it took the command.");
  if (!row.finished) return undefined;
  if (row.position !== null) return { position: row.position };
  return { error: { code: row.code ?? "INTERNAL", message: row.message ?? "" } };
}

/** Takes back a command that no executor has seen. False: one has. */
export async function withdrawCommand(pool: Pool, id: number): Promise<boolean> {
  const text = "delete from run_commands where id = $1 and taken_at is null and finished_at is null returning id";
  return (await query(pool, text, [id])).length > 0;
}

import type { Logger } from "pino";
import type { Application } from "../application/index.ts";
import { EventTexts } from "./events/event-texts.ts";
import type { Limits } from "./limits/limits.ts";
import { SharedLog } from "./tail/shared-log.ts";

/** What all requests of one server share. */
export type Services = {
  readonly application: Application;
  readonly texts: EventTexts;
  readonly log: SharedLog;
  readonly limits: Limits;
  readonly logger: Logger;
  /** Aborts when the server closes. */
  readonly closing: AbortSignal;
};

export function createServices(application: Application, limits: Limits, logger: Logger, closing: AbortSignal): Services {
  const { pool } = application;
  return { application, limits, logger, closing, texts: new EventTexts(pool), log: new SharedLog(pool) };
}

import { BallastError } from "@ballast/core/errors";
import { expect, test } from "vitest";
import type { ExecutorNotice } from "../runs/execution.ts";
import { everyMinute } from "./once-a-minute.ts";

const full = (file: string): BallastError => new BallastError("DATABASE_FULL", `could not extend file ${file}`);

test("the same trouble is reported once a minute; another trouble, and what concerns one run, immediately", () => {
  const told: ExecutorNotice[] = [];
  let nowMs = 0;
  const tell = everyMinute(
    (notice) => told.push(notice),
    () => nowMs,
  );
  const first = { what: "the read models cannot be written", run: null, error: full("base/5/1") };
  const away = { ...first, error: new BallastError("DATABASE_UNREACHABLE", "nothing listens") };
  const ofRun = { what: "a run left its worker: died", run: 7, error: full("base/5/1") };
  tell(first);
  nowMs = 59_999;
  tell({ ...first, error: full("base/5/2") });
  tell(away);
  tell(ofRun);
  tell(ofRun);
  expect(told).toEqual([first, away, ofRun, ofRun]);
  nowMs = 60_000;
  tell(first);
  expect(told).toHaveLength(5);
});

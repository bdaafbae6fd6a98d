import { CommandKind } from "../../events/index.ts";
import type { Command } from "../../scenario/index.ts";

export type { Command, ScriptedCommand } from "../../scenario/index.ts";

export const COMMAND_CODES: Readonly<Record<Command["kind"], CommandKind>> = {
  pause: CommandKind.Pause,
  resume: CommandKind.Resume,
  step: CommandKind.Step,
  stop: CommandKind.Stop,
  touchPage: CommandKind.TouchPage,
  touchRealPage: CommandKind.TouchRealPage,
  setBalloonTarget: CommandKind.SetBalloonTarget,
  addVm: CommandKind.AddVm,
  stopVm: CommandKind.StopVm,
};

import { CommandKind } from "../../events/index.ts";
import { from, type Key, type Link, numberOf, type Reach } from "./cause-rule.ts";

type CommandOptions = {
  /** Members of the command that must equal fields of the effect: the command's name of each, and the field's. */
  readonly same?: Readonly<Record<string, Key>>;
  /** 1 if not given: what a command does comes behind it. */
  readonly reach?: Reach;
};

/** A link to a command from outside. Its text has what it is about. Commands of a scenario's script are no events. */
export function command(kind: keyof typeof CommandKind, relation: string, { same = {}, reach = 1 }: CommandOptions = {}): Link {
  return from("CommandAccepted", [], relation, {
    reach,
    where: (effect, accepted, text) => {
      if (numberOf(accepted, "kind") !== CommandKind[kind]) return false;
      const members = JSON.parse(text(numberOf(accepted, "command"))) as Readonly<Record<string, unknown>>;
      return Object.entries(same).every(([member, key]) => members[member] === numberOf(effect, key));
    },
  });
}

/** The access that a user commanded. */
export const touchedByCommand = command("TouchPage", "A command made the access.", {
  same: { vm: "vm", process: "process", virtualPage: "virtualPage" },
});

export const realPageTouchedByCommand = command("TouchRealPage", "A command touched the real page.", {
  same: { vm: "vm", realPage: "realPage" },
});

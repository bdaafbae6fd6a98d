import type { Check } from "../../check.ts";
import { esxActions, esxScan, esxStates } from "./esx.ts";
import { farMemory } from "./far-memory.ts";
import { hyperV } from "./hyper-v.ts";
import { ksm } from "./ksm.ts";
import { mom } from "./mom.ts";
import { proxmox } from "./proxmox.ts";
import { selfBalloon } from "./self-balloon.ts";
import { senpai, senpaiTmo } from "./senpai.ts";
import { squeezed } from "./squeezed.ts";

export const policyChecks: readonly Check[] = [
  esxStates,
  esxActions,
  esxScan,
  proxmox,
  mom,
  squeezed,
  selfBalloon,
  hyperV,
  ksm,
  senpai,
  senpaiTmo,
  farMemory,
];

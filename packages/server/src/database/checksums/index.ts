export { type Damage, describeDamage, HistoryDamagedError, unlessDamaged, type VerifiablePart } from "./damage.ts";
export {
  countUnchecked,
  forgetUnchecked,
  mayLackChecksum,
  nextUnchecked,
  uncheckedUntil,
  type UncheckedOwner,
} from "./may-lack-checksum.ts";
export { StoredPart } from "./stored-part.ts";

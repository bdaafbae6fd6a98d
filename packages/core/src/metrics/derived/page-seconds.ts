import { NS_PER_S } from "../../units/index.ts";

/** From pages times nanoseconds. */
export function toPageSeconds(pageNs: number): number {
  return pageNs / NS_PER_S;
}

export {
  type CapacityAnswer,
  type CapacityPoint,
  type CapacityQuestion,
  type PolicyCapacity,
  type SlowdownEstimate,
  VARIED,
  type Varied,
} from "./capacity.ts";
export { type Execute, findCapacity, type OnPoint } from "./find-capacity.ts";

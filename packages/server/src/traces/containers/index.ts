export { type ContainerKind, CONTAINERS, containerOf } from "./container-kinds.ts";
export { expand } from "./expand.ts";

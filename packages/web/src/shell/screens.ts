import type { ComponentType } from "preact";
import type { PageName } from "../page-paths.ts";
import type { ScreenProps } from "./screen-props.ts";

type ScreenModule = { readonly Screen: ComponentType<ScreenProps> };

/** Every screen is a part of its own that is loaded when it is opened first. */
export const SCREENS: Readonly<Record<PageName, () => Promise<ScreenModule>>> = {
  start: () => import("../start/screen.tsx"),
  runs: () => import("../runs/screen.tsx"),
  map: () => import("../map/screen.tsx"),
  why: () => import("../why/screen.tsx"),
  translate: () => import("../translate/screen.tsx"),
  log: () => import("../log/screen.tsx"),
  experiments: () => import("../experiments/screen.tsx"),
  experiment: () => import("../experiment/screen.tsx"),
  sideBySide: () => import("../side-by-side/screen.tsx"),
  curves: () => import("../curves/screen.tsx"),
  live: () => import("../live/screen.tsx"),
  classroom: () => import("../classroom/screen.tsx"),
  replacement: () => import("../classroom/replacement/screen.tsx"),
  exercises: () => import("../classroom/exercises/screen.tsx"),
  tour: () => import("../classroom/tours/screen.tsx"),
};

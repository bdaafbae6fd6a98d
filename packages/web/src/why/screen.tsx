import { Empty } from "../design/notice.tsx";
import { RunFrame } from "../run/run-frame.tsx";
import type { ScreenProps } from "../shell/screen-props.ts";

export function Screen({ places }: ScreenProps) {
  return <RunFrame run={places["run"] ?? ""}>{() => <Empty title="Not there yet" />}</RunFrame>;
}

import { Empty } from "../design/notice.tsx";

export function Screen() {
  return <Empty title="Not there yet" />;
}

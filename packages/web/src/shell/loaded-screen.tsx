import { Component, type ComponentChildren, type ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Failure } from "../design/notice.tsx";
import { SkeletonLines } from "../design/skeleton.tsx";
import type { PageMatch, PageName } from "../page-paths.ts";
import type { ScreenProps } from "./screen-props.ts";
import { SCREENS } from "./screens.ts";

/** Those that were opened already are shown without a wait. */
const loaded = new Map<PageName, ComponentType<ScreenProps>>();

/** A screen, as soon as its part of the page is loaded. */
export function LoadedScreen({ match: { page, places } }: { readonly match: PageMatch }) {
  const [, setShown] = useState(loaded.has(page));
  const [error, setError] = useState<unknown>();
  useEffect(() => {
    if (loaded.has(page)) return;
    SCREENS[page]().then(({ Screen }) => {
      loaded.set(page, Screen);
      setShown(true);
    }, setError);
  }, [page]);
  if (error !== undefined) return <Failure error={error} onRetry={() => location.reload()} />;
  const Screen = loaded.get(page);
  if (Screen === undefined) return <SkeletonLines lines={6} />;
  return (
    <ScreenBoundary>
      <Screen places={places} />
    </ScreenBoundary>
  );
}

/** An error while drawing takes the screen, and not the page. */
class ScreenBoundary extends Component<{ readonly children: ComponentChildren }, { readonly error: unknown }> {
  override state: { readonly error: unknown } = { error: undefined };

  override componentDidCatch(error: unknown): void {
    console.error(error);
    this.setState({ error });
  }

  render() {
    const { error } = this.state;
    return error === undefined ? this.props.children : <Failure error={error} onRetry={() => this.setState({ error: undefined })} />;
  }
}

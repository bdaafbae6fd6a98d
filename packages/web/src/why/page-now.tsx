import type { ComponentChildren } from "preact";
import { useAnswer } from "../api/use-answer.ts";
import { Answered } from "../design/answered.tsx";
import { Panel } from "../design/panel.tsx";
import { SkeletonLines } from "../design/skeleton.tsx";
import { enumWords } from "../format/numbers.ts";
import { momentHref, translateHref, whyHref } from "../run/run-hrefs.ts";
import type { RunHead } from "../run/run-head.ts";
import { type Selection, selectionWords } from "../run/selection.ts";
import { vmWords } from "../run/vm-words.ts";
import { FrameNow, RealPageNow, VirtualPageNow } from "./page-now.generated.ts";

type NowProps<Kind extends Selection["kind"]> = {
  readonly run: RunHead;
  readonly selection: Extract<Selection, { kind: Kind }>;
  readonly at: number;
};

/** Where the page is at the moment, and the pages that it is linked to. */
export function PageNow({ run, selection, at }: { readonly run: RunHead; readonly selection: Selection; readonly at: number }) {
  return (
    <Panel title="At this moment" actions={<a href={momentHref(run.id, at, selection)}>Memory</a>}>
      {selection.kind === "frame" ? (
        <FrameState run={run} selection={selection} at={at} />
      ) : selection.kind === "real" ? (
        <RealPageState run={run} selection={selection} at={at} />
      ) : (
        <VirtualPageState run={run} selection={selection} at={at} />
      )}
    </Panel>
  );
}

function RealPageState({ run, selection: { vm, realPage }, at }: NowProps<"real">) {
  const answer = useAnswer(RealPageNow, { run: run.id, at: String(at), vm, realPage }, { isImmutable: true });
  return (
    <Answered answer={answer} skeleton={<SkeletonLines lines={3} />}>
      {({ run: found }) => {
        const now = found?.at.realPage;
        if (now === undefined) return null;
        return (
          <Links description={now.description}>
            <PageLink run={run} at={at} page={now.physicalPage === null ? undefined : { kind: "frame", physicalPage: now.physicalPage }} />
            <PageLink
              run={run}
              at={at}
              name={now.virtualPageName}
              page={
                now.process === null || now.virtualPage === null
                  ? undefined
                  : { kind: "virtual", vm, process: now.process, virtualPage: now.virtualPage }
              }
            />
          </Links>
        );
      }}
    </Answered>
  );
}

function FrameState({ run, selection: { physicalPage }, at }: NowProps<"frame">) {
  const answer = useAnswer(FrameNow, { run: run.id, at: String(at), physicalPage }, { isImmutable: true });
  return (
    <Answered answer={answer} skeleton={<SkeletonLines lines={3} />}>
      {({ run: found }) => {
        const now = found?.at.frame;
        if (now === undefined) return null;
        const page = now.vm === null || now.realPage === null ? undefined : ({ kind: "real", vm: now.vm, realPage: now.realPage } as const);
        return (
          <Links description={frameWords(now)}>
            <PageLink run={run} at={at} name={now.virtualPageName} page={page} />
          </Links>
        );
      }}
    </Answered>
  );
}

function frameWords({
  owner,
  isZeroed,
  sharers,
}: {
  readonly owner: string;
  readonly isZeroed: boolean;
  readonly sharers: number;
}): string {
  if (owner === "FREE") return isZeroed ? "Free, and known to hold only zeros." : "Free, not yet zeroed.";
  if (owner === "HYPERVISOR") return "The hypervisor's own.";
  return owner === "SHARED" ? `Shared by ${sharers} real pages.` : "Behind a real page:";
}

function VirtualPageState({ run, selection: { vm, process, virtualPage }, at }: NowProps<"virtual">) {
  const answer = useAnswer(VirtualPageNow, { run: run.id, at: String(at), vm, process, virtualPage }, { isImmutable: true });
  return (
    <Answered answer={answer} skeleton={<SkeletonLines lines={3} />}>
      {({ run: found }) => {
        const now = found?.at.translate;
        if (now === undefined) return null;
        return (
          <Links description={`An access now would be a ${enumWords(now.outcome)}. Its content: ${enumWords(now.contentPlace)}.`}>
            <PageLink run={run} at={at} page={now.realPage === null ? undefined : { kind: "real", vm, realPage: now.realPage }} />
            <PageLink run={run} at={at} page={now.physicalPage === null ? undefined : { kind: "frame", physicalPage: now.physicalPage }} />
            <li>
              <a href={translateHref(run.id, { vm, process, virtualPage }, at)}>Translate it step by step</a>
            </li>
          </Links>
        );
      }}
    </Answered>
  );
}

function Links({ description, children }: { readonly description: string; readonly children: ComponentChildren }) {
  return (
    <div class="stack-tight">
      <p>{description.charAt(0).toUpperCase() + description.slice(1)}</p>
      <ul class="why-links">{children}</ul>
    </div>
  );
}

type PageLinkProps = {
  readonly run: RunHead;
  readonly at: number;
  readonly page: Selection | undefined;
  readonly name?: string | null | undefined;
};

function PageLink({ run, at, page, name }: PageLinkProps) {
  if (page === undefined) return null;
  const words = selectionWords(page, (vm) => vmWords(run, vm));
  return (
    <li>
      <a href={whyHref(run.id, page, { at })}>{words.charAt(0).toUpperCase() + words.slice(1)}</a>
      {name == null ? null : ` (${name})`}
    </li>
  );
}

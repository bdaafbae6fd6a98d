import type { ComponentChildren } from "preact";
import type { Answer } from "../api/use-answer.ts";
import { Failure } from "./notice.tsx";
import { SkeletonLines } from "./skeleton.tsx";

type AnsweredProps<Data> = {
  readonly answer: Answer<Data>;
  /** Of the same size as what comes. */
  readonly skeleton?: ComponentChildren;
  readonly children: (data: Data) => ComponentChildren;
};

/** Shows the answer to a question, its place while it is on its way, or why there is none. */
export function Answered<Data>({ answer, skeleton, children }: AnsweredProps<Data>) {
  const { data, error, askAgain } = answer;
  return (
    <>
      {error === undefined ? null : <Failure error={error} onRetry={askAgain} />}
      {data !== undefined ? children(data) : error === undefined ? (skeleton ?? <SkeletonLines lines={4} />) : null}
    </>
  );
}

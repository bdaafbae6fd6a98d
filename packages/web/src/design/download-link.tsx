import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { request } from "../api/request.ts";
import { token } from "../api/token.ts";
import { saveFile } from "./save-file.ts";

type DownloadLinkProps = {
  readonly href: string;
  /** Of the file, where the server asks for a token: the browser takes the server's own name otherwise. */
  readonly file: string;
  readonly children: ComponentChildren;
};

/** A file of the server. A link cannot carry the token: with one, the page asks for the file and hands it to the browser. */
export function DownloadLink({ href, file, children }: DownloadLinkProps) {
  const [problem, setProblem] = useState("");
  const download = async (): Promise<void> => {
    setProblem("");
    const response = await request(href);
    saveFile(file, await response.blob());
  };
  const onClick = (event: Event): void => {
    if (token.value === "") return;
    event.preventDefault();
    download().catch((error: unknown) => setProblem(error instanceof Error ? error.message : String(error)));
  };
  return (
    <>
      <a href={href} download onClick={onClick}>
        {children}
      </a>
      {problem === "" ? null : (
        <span class="field-problem" role="alert">
          {problem}
        </span>
      )}
    </>
  );
}

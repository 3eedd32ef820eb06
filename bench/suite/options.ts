import { readArguments } from "../arguments.js";
import { type CaseName, namedLike, suiteCaseNames } from "./cases.js";
import type { Mode } from "./modes.js";
import { type Operation, operations } from "./operations.js";

export const usage = `usage: pnpm bench [--full | --isolated] [--case TEXT] [--peer TEXT] [--operation NAME]
                  [--json FILE] [--profile CASE]

  (nothing)         the documents' budgets, then the headline messages and four other libraries: under a minute
  --full            all messages and all libraries: each message in a process of its own, then all
                    together in one; under ten minutes
  --isolated        every message and library in a process of its own, with more rounds: no time limit
  --case TEXT       only messages with TEXT in their id or title
  --peer TEXT       only this library, beside concord and the limits; may be given more than once
  --operation NAME  only this operation: ${operations.join(", ")}
  --json FILE       also writes the figures as JSON
  --profile CASE    writes a CPU profile of concord's work on one message instead of measuring`;

/** What the command line asks of the suite. */
export interface Options {
  readonly mode: Mode;
  /** The cases that are wanted. */
  readonly cases: readonly CaseName[];
  /** True when they were chosen by name; the quick mode measures only headlines otherwise. */
  readonly chosen: boolean;
  /** Names or parts of names, in lower case; empty: those of the mode. */
  readonly peers: readonly string[];
  readonly operations: readonly Operation[];
  readonly json: string | undefined;
  readonly profile: string | undefined;
}

/** Reads the command line. Prints the usage and returns undefined for wrong arguments. */
export function readOptions(args: readonly string[], fixtures: URL): Options | undefined {
  const values = readArguments(
    args,
    {
      full: { type: "boolean", default: false },
      isolated: { type: "boolean", default: false },
      case: { type: "string", default: "" },
      peer: { type: "string", multiple: true, default: [] },
      operation: { type: "string", multiple: true, default: [] },
      json: { type: "string" },
      profile: { type: "string" },
    },
    usage,
  );
  if (values === undefined) return undefined;
  const refuse = (reason: string): undefined => {
    console.error(`${reason}\n\n${usage}`);
  };
  if (values.full && values.isolated) return refuse("--full and --isolated exclude each other");
  const unknown = values.operation.find((name) => !operations.some((known) => known === name));
  if (unknown !== undefined) return refuse(`there is no operation "${unknown}"`);
  const named = values.operation.length === 0 ? operations : values.operation;
  const text = values.profile ?? values.case;
  const names = suiteCaseNames(fixtures);
  const cases = names.filter(namedLike(text, names));
  if (cases.length === 0) {
    const known = names.map(({ id, title }) => `  ${id}: ${title}`).join("\n");
    return refuse(`no message has "${text}" in its name; there are\n${known}`);
  }
  return {
    mode: values.full ? "full" : values.isolated ? "isolated" : "quick",
    cases,
    chosen: text !== "",
    peers: values.peer.map((name) => name.toLowerCase()),
    operations: operations.filter((operation) => named.includes(operation)),
    json: values.json,
    profile: values.profile,
  };
}

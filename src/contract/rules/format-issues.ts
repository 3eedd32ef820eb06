import { type ContractError, formatIssue } from "../../wire/error.js";
import { formatPath, parsePath } from "../../wire/path.js";
import { cut } from "../../wire/preview.js";

interface Node {
  readonly name: string;
  /** The issues of the value itself. */
  readonly lines: string[];
  readonly children: Map<string, Node>;
}

/**
 * Formats the issues of an error as a tree for people: the type name, then one line for each issue, below
 * the value that contains it. Has no line break at the end.
 */
export function formatIssues({ type, issues }: Pick<ContractError, "type" | "issues">): string {
  const count = issues.length === 1 ? "1 issue" : `${issues.length} issues`;
  const root: Node = { name: `${cut(type, 200)}: ${count}`, lines: [], children: new Map() };
  for (const issue of issues) {
    let node = root;
    for (const step of parsePath(issue.path)) {
      const name = formatPath([step]);
      let child = node.children.get(name);
      if (child === undefined) {
        child = { name, lines: [], children: new Map() };
        node.children.set(name, child);
      }
      node = child;
    }
    node.lines.push(formatIssue({ ...issue, path: "" }));
  }
  return [root.name, ...below(root)].join("\n");
}

function below({ lines, children }: Node): string[] {
  const entries = [...lines.map((line) => [line]), ...[...children.values()].map(branch)];
  return entries.flatMap(([first = "", ...rest], index) => {
    const isLast = index === entries.length - 1;
    return [
      `${isLast ? "└─" : "├─"} ${first}`,
      ...rest.map((line) => `${isLast ? "  " : "│ "} ${line}`),
    ];
  });
}

/** A node with a single issue is one line; a chain of nodes with one child each is joined into one. */
function branch(node: Node): string[] {
  const [only] = node.children.values();
  if (node.lines.length === 0 && node.children.size === 1 && only !== undefined) {
    const dot = only.name.startsWith("[") ? "" : ".";
    return branch({ ...only, name: `${node.name}${dot}${only.name}` });
  }
  const [line] = node.lines;
  if (node.lines.length === 1 && node.children.size === 0) return [`${node.name}: ${line}`];
  return [node.name, ...below(node)];
}

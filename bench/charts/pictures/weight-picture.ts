import { ours } from "../../suite/standing.js";
import type { WeightFigures } from "../../weight/figures.js";
import type { Column } from "../bar-grid.js";
import { formatTick, formatWeight } from "../format.js";
import { hasFigures, type Picture } from "./picture.js";

/** The tasks that are shown, and the column headings. */
const tasks: readonly (readonly [task: string, title: string])[] = [
  ["one message's codec", "one codec"],
  ["one system's codecs", "codecs of one system"],
  ["one system with JSON", "one system with JSON"],
  ["one system with rules", "one system with rules"],
];

/** What a browser loads for each task, with each library that can do it. */
export function weightPicture({ bundles }: WeightFigures): Picture[] {
  const shown = bundles.filter(({ task }) => tasks.some(([name]) => name === task));
  if (shown.length === 0) return [];
  const others = [...new Set(shown.map(({ library }) => library))].filter((name) => name !== ours);
  const libraries = [ours, ...others];
  const columns = tasks
    .map(([task, title]): Column => {
      const cells = libraries.map((library) => {
        const row = shown.find((bundle) => bundle.task === task && bundle.library === library);
        if (row === undefined) return undefined;
        const color = library === ours ? "good" : "other";
        return { value: row.gzip, label: formatWeight(row.gzip), color } as const;
      });
      const max = Math.max(...cells.map((cell) => cell?.value ?? 0));
      return { title, cells, max, format: (value) => formatTick(formatWeight(value)) };
    })
    .filter((column) => hasFigures([column]));
  return [
    {
      name: "weight",
      question: "What does a browser load?",
      grid: {
        title: "What a browser loads, minified and compressed",
        explanation: "Each column has its own axis. A library without a bar cannot do the task.",
        keys: [
          { title: "concord", color: "good" },
          { title: "other libraries", color: "other" },
        ],
        blocks: [
          {
            title: "",
            rows: libraries.map((name) => ({ name, bold: name === ours })),
            columns,
          },
        ],
      },
    },
  ];
}

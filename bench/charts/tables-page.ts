import { budgetLegend, budgetMarkdown } from "../budget-table.js";
import { foldedMarkdown } from "../markdown.js";
import { leftOutLines } from "../suite/standing.js";
import { leftOutOfTasks } from "../weight/tasks.js";
import { compare } from "./comparison.js";
import type { ReportData } from "./data.js";
import { formatCount } from "./format.js";
import { limitTitles, standingTable } from "./headline.js";
import { gapSection, lossSection } from "./loss-tables.js";
import { columnText, differenceText, fieldText, standingText } from "./page-text.js";
import { caseTable, fieldTable, versionTable, weightTables } from "./tables.js";

/** The second page of the report: all tables. */
export function tablesPage(data: ReportData): string {
  const { suite, budgets, weight, fields } = data;
  const comparison = compare(suite);
  const sections: readonly (readonly [title: string, parts: readonly string[]])[] = [
    ["Where it stands", [standingText(limitTitles()), standingTable(data)]],
    ["Where we lose", [differenceText, lossSection(comparison)]],
    ["Own process and shared process", [gapSection(comparison)]],
    ["The documents' budgets", budgets.length === 0 ? [] : [budgetMarkdown(budgets), budgetLegend]],
    ["Weight", weightParts(weightTables(weight))],
    ["Bytes by field", fields.length === 0 ? [] : [fieldText, ...fields.map(fieldTable)]],
    [
      "All figures",
      [columnText, ...suite.subjects.map((subject) => caseTable(comparison, subject))],
    ],
    ["What was left out, and why", [leftOutMarkdown(data)]],
    [
      "Versions",
      [
        foldedMarkdown(
          `${formatCount(Object.keys(suite.versions).length)} packages`,
          versionTable(suite),
        ),
      ],
    ],
  ];
  const body = sections
    .filter(([, parts]) => parts.length > 0)
    .map(([title, parts]) => [`## ${title}`, ...parts].join("\n\n"));
  return `${["# All figures of the benchmark", "[The report](README.md) has the verdict and the pictures.", ...body].join("\n\n")}\n`;
}

function weightParts(tables: readonly string[]): string[] {
  if (tables.length === 0) return [];
  const left = leftOutOfTasks.map(({ task, library, reason }) => {
    return { case: task, peer: library, reason };
  });
  return [
    foldedMarkdown("All sizes and times", tables.join("\n\n")),
    foldedMarkdown("Which library cannot do which task", listOf(leftOutLines(left))),
  ];
}

function leftOutMarkdown({ suite }: ReportData): string {
  const lines = leftOutLines(suite.leftOut);
  if (lines.length === 0) return "Nothing: every library takes part in every message.";
  return foldedMarkdown(`${formatCount(lines.length)} reasons`, listOf(lines));
}

/** A list of lines in which no character is special to Markdown. */
function listOf(lines: readonly string[]): string {
  return lines.map((line) => `- ${line.replace(/[\\`*_[\]<>]/g, "\\$&")}`).join("\n");
}

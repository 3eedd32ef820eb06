import { styleText } from "node:util";
import type { Target } from "./codec-cases.js";
import type { PeerKind } from "./codec-peers.js";
import { alignColumns, ruleOf } from "./table.js";

export const directions = ["encode", "decode"] as const;
export type Direction = (typeof directions)[number];

export type Times = Readonly<Partial<Record<Direction, number>>>;

/** What one codec took for one message. */
export interface CodecResult {
  readonly name: string;
  /** A `variant` is ours with other options; no target is set for it. */
  readonly kind: PeerKind | "variant";
  /** Nanoseconds that count, of one kind for all codecs; without what was not measured. */
  readonly times: Times;
}

/** The figures of one case. */
export interface CaseResult {
  readonly name: string;
  /** The smallest and the largest encoded size. */
  readonly bytes: readonly [number, number];
  readonly targets: Readonly<Record<Direction, Target>>;
  readonly codecs: readonly CodecResult[];
}

/** What a codec is compared with: protobuf-es, the fastest protobuf library but ours, and msgpackr. */
export const rivals = ["reference", "fastest", "other"] as const;
export type Rival = (typeof rivals)[number];

/** One target and how far it is reached. */
export interface Verdict {
  readonly direction: Direction;
  readonly rival: Rival;
  /** How many times as fast as the rival our codec is. */
  readonly ratio: number;
  readonly target: number;
  readonly ok: boolean;
}

/**
 * Holds our codec against all targets of the case. Msgpackr's byte arrays are views of its input, so it
 * is compared with ours under the same condition where there are any.
 */
export function judge(result: CaseResult): Verdict[] {
  const ours = result.codecs.find(({ kind }) => kind === "ours");
  const viewing = result.codecs.find(({ kind }) => kind === "variant");
  return directions.flatMap((direction) =>
    rivals.flatMap((rival): Verdict[] => {
      const alike = rival === "other" && viewing?.times[direction] !== undefined ? viewing : ours;
      const ratio = alike === undefined ? undefined : compare(result, direction, rival, alike);
      if (ratio === undefined) return [];
      const { reference, fastest } = result.targets[direction];
      const target = { reference, fastest, other: 1 }[rival];
      return [{ direction, rival, ratio, target, ok: ratio >= target }];
    }),
  );
}

/** How many times as fast as the rival a codec is. */
function compare(
  { codecs }: CaseResult,
  direction: Direction,
  rival: Rival,
  { times }: CodecResult,
): number | undefined {
  const own = times[direction];
  const others = codecs
    .filter(({ kind }) => kind === rival || (rival === "fastest" && peerKinds.has(kind)))
    .flatMap((codec) => codec.times[direction] ?? []);
  return own === undefined || others.length === 0 ? undefined : Math.min(...others) / own;
}

const peerKinds: ReadonlySet<string> = new Set<PeerKind>(["reference", "protobuf"]);
const rivalTitles = { reference: "x es", fastest: "x best", other: "x msgpackr" };

interface Line {
  /** Text over the whole width, instead of cells. */
  readonly title?: string;
  readonly cells: readonly string[];
  readonly short?: boolean;
}

/** The table as text: for each case its codecs and, under ours, the targets. `color` marks what is short. */
export function renderCodecTable(results: readonly CaseResult[], color: boolean): string {
  const lines = results.flatMap(linesOf);
  const titles = Object.values(rivalTitles);
  const head = ["codec", ...directions.flatMap((direction) => [direction, ...titles])];
  const cells = [head, ...lines.map((line) => line.cells)];
  const [first = "", ...aligned] = alignColumns(cells);
  const body = lines.map(({ title, short }, index) => {
    const text = title ?? aligned[index] ?? "";
    return color && short === true ? styleText("yellow", text) : text;
  });
  return [first, ruleOf(cells), ...body].join("\n");
}

function linesOf(result: CaseResult): Line[] {
  const [least, most] = result.bytes.map((size) => size.toLocaleString("en-US"));
  const size = least === most ? least : `${least}-${most}`;
  return [
    { title: `${result.name} (${size} bytes)`, cells: [] },
    ...result.codecs.flatMap((codec) =>
      codec.kind === "ours"
        ? [figuresLine(result, codec), targetLine(judge(result))]
        : [figuresLine(result, codec)],
    ),
  ];
}

function figuresLine(result: CaseResult, codec: CodecResult): Line {
  const figures = directions.flatMap((direction) => [
    codec.times[direction]?.toLocaleString("en-US", { maximumFractionDigits: 0 }) ?? "",
    ...rivals.map((rival) => compare(result, direction, rival, codec)?.toFixed(2) ?? ""),
  ]);
  return { cells: [`  ${codec.name}`, ...figures] };
}

function targetLine(verdicts: readonly Verdict[]): Line {
  const cells = directions.flatMap((direction) => [
    "",
    ...rivals.map((rival) => {
      const verdict = verdicts.find((item) => item.direction === direction && item.rival === rival);
      return verdict === undefined ? "" : describe(verdict);
    }),
  ]);
  return { cells: ["    target", ...cells], short: verdicts.some(({ ok }) => !ok) };
}

/** A target and its verdict: `4 ok` or `4 short 12%`. */
function describe({ ratio, target, ok }: Verdict): string {
  if (ok) return `${target} ok`;
  return `${target} short ${Math.max(1, Math.round((1 - ratio / target) * 100))}%`;
}

/** One line for each target that is not reached, and one that says how many are. */
export function summarize(results: readonly CaseResult[]): string {
  const all = results.flatMap((result) =>
    judge(result).map((verdict) => ({ ...verdict, name: result.name })),
  );
  const short = all.filter(({ ok }) => !ok);
  const slower = short.filter(({ rival, ratio }) => rival !== "reference" && ratio < 1);
  const lines = short.map(({ name, direction, rival, ratio, target }) => {
    return `short: ${name}, ${direction}: ${rivalTitles[rival]} ${ratio.toFixed(2)} of ${target}`;
  });
  const reached = `${all.length - short.length} of ${all.length} targets reached`;
  return [...lines, `${reached}; another library is faster: ${slower.length} times.`].join("\n");
}

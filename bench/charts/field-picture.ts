import { type Bar, barsHeight, barsOption } from "./bars.js";
import type { Picture } from "./draw.js";
import { type CaseFields, type FieldShare, totalOf } from "./fields.js";
import { formatCount, formatShare } from "./format.js";
import type { Theme } from "./theme.js";

const maxBars = 22;

const pieces = [
  { of: "values", title: "values", color: (theme: Theme) => theme.kinds.ours },
  { of: "keys", title: "map keys", color: (theme: Theme) => theme.kinds.protobuf },
  { of: "framing", title: "tags and lengths", color: (theme: Theme) => theme.kinds.limit },
] as const;

/** Where the bytes of one message go, by field. */
export function fieldPicture({ case: name, title, bytes, fields }: CaseFields): Picture {
  const [largest] = fields;
  const bars = [...fields.slice(0, maxBars), ...restOf(fields.slice(maxBars))].map(
    (share): Bar => ({
      name: share.path,
      pieces: pieces.map(({ of, color }) => ({ value: share[of], color })),
      label: `${formatCount(totalOf(share))} (${formatShare(totalOf(share) / bytes)})`,
    }),
  );
  const picture = {
    title: `Bytes by field: ${title}, ${formatCount(bytes)} bytes`,
    keys: (theme: Theme) => pieces.map(({ title, color }) => ({ title, color: color(theme) })),
    panels: [{ title: "", bars }],
    columns: 1,
    format: (value: number) => `${formatCount(value)} bytes`,
  } as const;
  const most =
    largest === undefined
      ? ""
      : ` The largest is ${largest.path} with ${formatCount(totalOf(largest))} bytes.`;
  const sums = pieces.map(
    ({ of, title }) => `${title} ${formatCount(fields.reduce((sum, share) => sum + share[of], 0))}`,
  );
  return {
    name: `bytes-${name}`,
    alt: `Bars of the bytes of each field of ${title}, ${formatCount(bytes)} bytes in all: ${sums.join(", ")}.${most}`,
    height: barsHeight(picture),
    option: (theme) => barsOption(picture, theme),
  };
}

function restOf(fields: readonly FieldShare[]): FieldShare[] {
  if (fields.length === 0) return [];
  const sum = (of: "values" | "keys" | "framing"): number =>
    fields.reduce((total, share) => total + share[of], 0);
  const path = `${fields.length} smaller fields`;
  return [{ path, values: sum("values"), keys: sum("keys"), framing: sum("framing") }];
}

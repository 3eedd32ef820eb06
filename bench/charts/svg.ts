import type { Theme } from "./theme.js";

/** The width of all pictures, in pixels. */
export const pictureWidth = 880;
/** The size of all text but headings, in pixels. */
const fontSize = 12;
const fontFamily = "system-ui, -apple-system, Segoe UI, Helvetica, Arial, sans-serif";

export interface TextStyle {
  readonly fill: string;
  readonly bold?: boolean;
  /** In pixels. Default {@link fontSize}. */
  readonly size?: number;
  /** Where the text has its x. Default `start`. */
  readonly anchor?: "start" | "middle" | "end";
}

/** The text of an SVG file. The title is for those who cannot see it. */
export function svgDocument(
  height: number,
  title: string,
  theme: Theme,
  elements: readonly string[],
): string {
  const size = `width="${pictureWidth}" height="${height}" viewBox="0 0 ${pictureWidth} ${height}"`;
  return [
    `<svg ${size} xmlns="http://www.w3.org/2000/svg" role="img" font-family="${fontFamily}" font-size="${fontSize}">`,
    `<title>${escapeText(title)}</title>`,
    `<rect width="${pictureWidth}" height="${height}" fill="${theme.background}"/>`,
    ...elements,
    "</svg>\n",
  ].join("\n");
}

/** A text whose middle line is at y. */
export function svgText(x: number, y: number, text: string, style: TextStyle): string {
  const { fill, bold = false, size = fontSize, anchor = "start" } = style;
  const attributes = [
    `x="${number(x)}" y="${number(y + size * 0.35)}" fill="${fill}"`,
    ...(anchor === "start" ? [] : [`text-anchor="${anchor}"`]),
    ...(bold ? ['font-weight="600"'] : []),
    ...(size === fontSize ? [] : [`font-size="${size}"`]),
  ];
  return `<text ${attributes.join(" ")}>${escapeText(text)}</text>`;
}

export function svgRect(x: number, y: number, width: number, height: number, fill: string): string {
  return `<rect x="${number(x)}" y="${number(y)}" width="${number(width)}" height="${number(height)}" fill="${fill}"/>`;
}

/** A vertical line. */
export function svgLine(x: number, top: number, bottom: number, stroke: string, dashed = false) {
  const dashes = dashed ? ' stroke-width="1.5" stroke-dasharray="4 3"' : "";
  return `<line x1="${number(x)}" y1="${number(top)}" x2="${number(x)}" y2="${number(bottom)}" stroke="${stroke}"${dashes}/>`;
}

/** A text that may be part of SVG and HTML, between quotes too. */
export function escapeText(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** The greatest width that a text can be expected to have, in pixels. */
export function textWidth(text: string): number {
  return Math.ceil(text.length * 6.9);
}

function number(value: number): string {
  return String(Number(value.toFixed(1)));
}

import { type ChartOption, renderSvg } from "./render-svg.mjs";
import type { Theme } from "./theme.js";

/** One picture, which is drawn in each theme. */
export interface Picture {
  /** The name of its files, without theme and ending. */
  readonly name: string;
  /** What it says, for those who cannot see it. */
  readonly alt: string;
  /** In pixels of the page. */
  readonly height: number;
  option(theme: Theme): ChartOption;
}

/** The width of all pictures, in pixels of the page. */
export const pictureWidth = 880;
/** The size of all text but headings, in pixels of the page. */
export const fontSize = 12;

const fontFamily = "system-ui, -apple-system, Segoe UI, Helvetica, Arial, sans-serif";

/** Draws a picture: the text of an SVG file, always the same for the same picture. */
export function drawPicture(picture: Picture, theme: Theme): string {
  const { alt, height } = picture;
  const option = {
    animation: false,
    backgroundColor: theme.background,
    textStyle: { fontFamily, fontSize, color: theme.text },
    ...picture.option(theme),
  };
  return tidy(renderSvg(option, { width: pictureWidth, height }), alt);
}

/** Takes out what only a page with a mouse needs, and digits that nobody sees. */
function tidy(svg: string, alt: string): string {
  const tags = svg
    .replace(/<style[\s\S]*?<\/style>/g, "")
    .replace(/<[^>]*>/g, (tag) =>
      tag
        // Counters of the process: the next picture would have others.
        .replace(/\bzr\d+-/g, "")
        .replace(/ (?:class|ecmeta_\w+|pointer-events)="[^"]*"/g, "")
        .replace(/font-family:[^;"]*;?/g, "")
        .replace(/ +>$/, ">")
        .replace(/-?\d+\.\d{2,}/g, (digits) => String(Number(Number(digits).toFixed(1)))),
    )
    .replace(/\n{2,}/g, "\n")
    .trimEnd();
  return `${tags.replace(/<svg[^>]*>/, (root) => `${root.slice(0, -1)} role="img" font-family="${fontFamily}">\n<title>${escapeText(alt)}</title>`)}\n`;
}

/** A text that may stand in SVG and HTML, also between quotes. */
export function escapeText(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** How wide a text is, at most, in pixels of the page. */
export function textWidth(text: string): number {
  return Math.ceil(Math.max(...text.split("\n").map(({ length }) => length)) * 6.9);
}

/** The heading of a picture or of a part of it. */
export function heading(
  text: string,
  theme: Theme,
  place: { readonly left: number; readonly top: number },
  size: 16 | 13 = 13,
): ChartOption {
  return {
    text,
    ...place,
    padding: 0,
    textStyle: { fontSize: size, fontWeight: 600, color: theme.text },
  };
}

/** One entry of a legend: a coloured box and what it means. */
export interface Key {
  readonly title: string;
  readonly color: string;
}

/** A line of boxes and words below the heading. */
export function keyLine(keys: readonly Key[], theme: Theme, top: number): ChartOption[] {
  let left = margin;
  return keys.flatMap(({ title, color }) => {
    const at = left;
    left += 18 + textWidth(title) + 12;
    return [
      {
        type: "rect",
        silent: true,
        shape: { x: at, y: top, width: 12, height: 12 },
        style: { fill: color },
      },
      {
        type: "text",
        silent: true,
        x: at + 18,
        y: top,
        style: { text: title, fill: theme.muted, fontSize, fontFamily },
      },
    ];
  });
}

/** The space around a picture, in pixels of the page. */
export const margin = 16;

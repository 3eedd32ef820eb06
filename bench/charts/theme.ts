import type { PeerKind } from "../suite/peer.js";

/** The colours of one version of a picture. */
export interface Theme {
  readonly name: "light" | "dark";
  readonly background: string;
  readonly text: string;
  /** Text that explains. */
  readonly muted: string;
  readonly line: string;
  /** By the part that a library has; ours stands out. */
  readonly kinds: Readonly<Record<PeerKind, string>>;
  /** For up to eight lines or groups of points, ours first. */
  readonly series: readonly string[];
}

// All from the palette of Okabe and Ito, which people with any colour vision can tell apart.
const [blue, sky, green, orange, vermillion, purple] = [
  "#0072B2",
  "#56B4E9",
  "#009E73",
  "#E69F00",
  "#D55E00",
  "#CC79A7",
];

/** Both versions; the backgrounds are those of the places where the page is read. */
export const themes: readonly Theme[] = [
  {
    name: "light",
    background: "#ffffff",
    text: "#1f2328",
    muted: "#59636e",
    line: "#d1d9e0",
    kinds: {
      ours: blue,
      variant: sky,
      protobuf: vermillion,
      format: green,
      checker: purple,
      limit: "#9aa4ae",
    },
    series: [blue, vermillion, green, purple, orange, sky, "#59636e", "#1f2328"],
  },
  {
    name: "dark",
    background: "#0d1117",
    text: "#f0f6fc",
    muted: "#9198a1",
    line: "#3d444d",
    kinds: {
      ours: sky,
      variant: blue,
      protobuf: orange,
      format: green,
      checker: purple,
      limit: "#6e7681",
    },
    series: [sky, orange, green, purple, vermillion, blue, "#9198a1", "#F0E442"],
  },
];

/** The words of the legend. */
export const kindTitles: Readonly<Record<PeerKind, string>> = {
  ours: "concord",
  variant: "concord, other options",
  protobuf: "protobuf library",
  format: "other format",
  checker: "checker",
  limit: "limit",
};

/** The shapes of points, in the order of the colours: colour is not the only difference. */
export const seriesSymbols: readonly string[] = [
  "diamond",
  "rect",
  "triangle",
  "circle",
  "roundRect",
  // A triangle on its point, a cross, a star.
  "path://M0 0h8L4 8z",
  "path://M0 3h3V0h2v3h3v2H5v3H3V5H0z",
  "path://M4 0l1 3h3L5.500 5 6.500 8 4 6.200 1.500 8 2.500 5 0 3h3z",
];

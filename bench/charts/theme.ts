/** The colours of one version of a picture. */
export interface Theme {
  readonly name: "light" | "dark";
  readonly background: string;
  readonly text: string;
  /** Explanations and axes. */
  readonly muted: string;
  readonly line: string;
  readonly bars: Readonly<Record<BarColor, string>>;
}

/** What a bar's colour says: good for concord, bad for it, or neither. */
export type BarColor = "good" | "bad" | "other";

// Blue and orange of the palette of Okabe and Ito, which people with any colour vision can distinguish.
/** The light and the dark version; the backgrounds are those of the pages where the report is read. */
export const themes: readonly Theme[] = [
  {
    name: "light",
    background: "#ffffff",
    text: "#1f2328",
    muted: "#59636e",
    line: "#d1d9e0",
    bars: { good: "#0072B2", bad: "#D55E00", other: "#9aa4ae" },
  },
  {
    name: "dark",
    background: "#0d1117",
    text: "#f0f6fc",
    muted: "#9198a1",
    line: "#3d444d",
    bars: { good: "#56B4E9", bad: "#E69F00", other: "#6e7681" },
  },
];

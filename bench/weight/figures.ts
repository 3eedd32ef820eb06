/** What importing the library costs before it does anything: time to start and bytes to load. */
export interface WeightFigures {
  readonly imports: readonly ImportFigure[];
  readonly bundles: readonly BundleFigure[];
}

/** The processor time that a fresh process takes for one import. */
export interface ImportFigure {
  /** A subpath of our package, e.g. `./leyline`, or what else was imported. */
  readonly entry: string;
  /** The median and the best of the rounds, in milliseconds. */
  readonly ms: number;
  readonly min_ms: number;
}

/** What a browser would load for one task, in bytes. */
export interface BundleFigure {
  readonly task: string;
  readonly library: string;
  readonly minified: number;
  readonly gzip: number;
  /** The most bytes that it may have, compressed. Null if it has no ceiling. */
  readonly ceiling: number | null;
}

import type { Attributes, Meter, Tracer } from "@opentelemetry/api";
import { DataPointType, MeterProvider, MetricReader } from "@opentelemetry/sdk-metrics";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";

/** A reader that collects on demand. */
class Reader extends MetricReader {
  protected override async onShutdown(): Promise<void> {}
  protected override async onForceFlush(): Promise<void> {}
}

/** What the SDK collected for one instrument. */
export interface Collected {
  readonly kind: string;
  readonly unit: string;
  readonly points: readonly Point[];
}

/** One data point: a counter's or gauge's value; or a histogram's count, sum and buckets. */
interface Point {
  readonly attributes: Attributes;
  readonly value: unknown;
}

/** Creates a meter of the SDK, and a function that returns what it measured. */
export function createMeter(): {
  meter: Meter;
  collect(): Promise<Record<string, Collected>>;
} {
  const reader = new Reader();
  const provider = new MeterProvider({ readers: [reader] });
  return {
    meter: provider.getMeter("test"),
    async collect() {
      const { resourceMetrics, errors } = await reader.collect();
      if (errors.length > 0) throw errors[0];
      const metrics = resourceMetrics.scopeMetrics.flatMap((scope) => scope.metrics);
      return Object.fromEntries(
        metrics.map(({ descriptor, dataPointType, dataPoints }) => [
          descriptor.name,
          {
            kind: DataPointType[dataPointType].toLowerCase(),
            unit: descriptor.unit,
            points: dataPoints.map(({ attributes, value }) => ({ attributes, value })),
          },
        ]),
      );
    },
  };
}

/** Creates a tracer of the SDK, and a function that returns its ended spans. */
export function createTracer(): { tracer: Tracer; spans(): readonly ReadableSpan[] } {
  const exporter = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  return { tracer: provider.getTracer("test"), spans: () => exporter.getFinishedSpans() };
}

/** A clock that advances by `micros` microseconds between the first and second call of each pair. */
export function ticking(micros: number): () => number {
  let calls = 0;
  return () => (Math.floor(calls++ / 2) * 1_000_000 + (calls % 2 === 0 ? micros : 0)) / 1000;
}

/** The points of one instrument as pairs of attributes and value; empty if it was never used. */
export function pointsOf(collected: Record<string, Collected>, name: string): unknown[] {
  return (collected[name]?.points ?? []).map(({ attributes, value }) => [attributes, value]);
}

import type { Attributes, Meter, Tracer } from "@opentelemetry/api";
import { DataPointType, MeterProvider, MetricReader } from "@opentelemetry/sdk-metrics";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";

/** Collects when it is asked. */
class Reader extends MetricReader {
  protected override async onShutdown(): Promise<void> {}
  protected override async onForceFlush(): Promise<void> {}
}

/** What the SDK collected of one instrument. */
export interface Collected {
  readonly kind: string;
  readonly unit: string;
  readonly points: readonly Point[];
}

/** One data point: a counter's or gauge's value; or a histogram's count, sum and buckets. */
export interface Point {
  readonly attributes: Attributes;
  readonly value: unknown;
}

/** A real meter, and what it has measured. */
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

/** A real tracer, and the spans that it ended. */
export function createTracer(): { tracer: Tracer; spans(): readonly ReadableSpan[] } {
  const exporter = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  return { tracer: provider.getTracer("test"), spans: () => exporter.getFinishedSpans() };
}

/** A clock that goes on by so many microseconds with every second look at it. */
export function ticking(micros: number): () => number {
  let looks = 0;
  return () => (Math.floor(looks++ / 2) * 1_000_000 + (looks % 2 === 0 ? micros : 0)) / 1000;
}

/** The points of one instrument as pairs of attributes and value; none when it was never used. */
export function pointsOf(collected: Record<string, Collected>, name: string): unknown[] {
  return (collected[name]?.points ?? []).map(({ attributes, value }) => [attributes, value]);
}

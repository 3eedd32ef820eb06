/**
 * The exponent of the power law that fits the points best, by least squares of the logarithms: 1 where y
 * grows as x does. Undefined for fewer than two different x.
 */
export function fitSlope(points: readonly (readonly [x: number, y: number])[]): number | undefined {
  const logs = points.map(([x, y]) => [Math.log(x), Math.log(y)] as const);
  const middleX = logs.reduce((sum, [x]) => sum + x, 0) / logs.length;
  const middleY = logs.reduce((sum, [, y]) => sum + y, 0) / logs.length;
  const spread = logs.reduce((sum, [x]) => sum + (x - middleX) ** 2, 0);
  if (!(spread > 0)) return undefined;
  return logs.reduce((sum, [x, y]) => sum + (x - middleX) * (y - middleY), 0) / spread;
}

/** Freezes a tree of plain objects and arrays, and returns it. */
export function deepFreeze<const T extends object>(tree: T): T {
  for (const child of Object.values(tree)) {
    if (typeof child === "object" && child !== null) deepFreeze(child);
  }
  return Object.freeze(tree);
}

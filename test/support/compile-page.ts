import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Where the entries of the package lie in this tree, as `paths` of a compiler. */
function sourcePaths(): Record<string, string[]> {
  const { name, exports } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const entries = Object.entries<{ readonly types?: string }>(exports);
  return Object.fromEntries(
    entries.flatMap(([entry, { types }]) =>
      types === undefined
        ? []
        : [[name + entry.slice(1), [types.replace("./dist/", "./").replace(".d.ts", ".ts")]]],
    ),
  );
}

/** What the strictest compiler says of code blocks, each a module of its own: `block: line: message`. */
export function compileErrors(blocks: ReadonlyMap<string, string>): string[] {
  const cache = join(root, "node_modules", ".cache");
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "concord-pages-"));
  try {
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    const names = new Map<string, string>();
    for (const [name, code] of blocks) {
      const path = join(folder, `block-${names.size}.ts`);
      names.set(path, name);
      writeFileSync(path, `${code}\nexport {};\n`);
    }
    const program = ts.createProgram([...names.keys()], {
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      target: ts.ScriptTarget.ES2022,
      lib: ["lib.es2024.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      resolveJsonModule: true,
      types: ["node"],
      typeRoots: [join(root, "node_modules/@types")],
      paths: sourcePaths(),
      baseUrl: root,
      ignoreDeprecations: "6.0",
    });
    return [...names].flatMap(([path, name]) => {
      const file = program.getSourceFile(path);
      return [
        ...program.getSyntacticDiagnostics(file),
        ...program.getSemanticDiagnostics(file),
      ].map(({ messageText, start = 0 }) => {
        const line = (file?.getLineAndCharacterOfPosition(start).line ?? 0) + 1;
        return `${name}: ${line}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
      });
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

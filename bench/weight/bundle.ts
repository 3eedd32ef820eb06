import { basename } from "node:path";
import { gzipSync } from "node:zlib";
import { build, type Plugin } from "esbuild";

/** What one bundle has. */
export interface Bundle {
  readonly code: string;
  /** In bytes. */
  readonly minified: number;
  readonly gzip: number;
  /** The npm packages that gave it code, in alphabetical order, without our own. */
  readonly packages: readonly string[];
}

/**
 * Bundles the source text of each item as for a browser, each by itself. Imports resolve from the
 * folder. All are made in one go, so that what they share is read only once.
 */
export async function bundleAll<T>(
  items: readonly T[],
  sourceOf: (item: T) => string,
  folder: string,
): Promise<[T, Bundle][]> {
  const sources = items.map(sourceOf);
  const { outputFiles, metafile } = await build({
    entryPoints: sources.map((_, index) => ({ in: `${scheme}${index}`, out: `${index}` })),
    plugins: [readSources(sources, folder)],
    outdir: folder,
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    legalComments: "none",
    metafile: true,
    write: false,
    logLevel: "error",
  });
  return items.map((item, index) => {
    const isIts = (path: string): boolean => basename(path) === `${index}.js`;
    const file = outputFiles.find(({ path }) => isIts(path));
    const part = Object.entries(metafile.outputs).find(([path]) => isIts(path))?.[1];
    if (file === undefined || part === undefined) {
      throw new Error(`esbuild made no bundle of: ${sources[index]}`);
    }
    const packages = Object.entries(part.inputs).flatMap(([path, { bytesInOutput }]) =>
      bytesInOutput === 0 ? [] : (packageOf(path) ?? []),
    );
    const bundle = {
      code: file.text,
      minified: file.contents.length,
      gzip: gzipSync(file.contents, { level: 9 }).length,
      packages: [...new Set(packages)].filter((name) => name !== "@concord/contracts").sort(),
    };
    return [item, bundle];
  });
}

const scheme = "source:";

/** Gives esbuild the source texts as modules of the folder. */
function readSources(sources: readonly string[], folder: string): Plugin {
  return {
    name: "source-texts",
    setup(build) {
      build.onResolve({ filter: new RegExp(`^${scheme}`) }, ({ path }) => ({
        path: path.slice(scheme.length),
        namespace: "source-texts",
      }));
      build.onLoad({ filter: /^/, namespace: "source-texts" }, ({ path }) => ({
        contents: sources[Number(path)] ?? "",
        resolveDir: folder,
      }));
    },
  };
}

/** The npm package that a file belongs to. Undefined for a file of the project. */
function packageOf(path: string): string | undefined {
  const [, name] = /.*node_modules\/((?:@[^/]+\/)?[^./][^/]*)\//.exec(path) ?? [];
  return name;
}

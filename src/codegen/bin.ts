#!/usr/bin/env node
import type { Plugin } from "@bufbuild/protoplugin";

interface Modules {
  readonly runNodeJs: (plugin: Plugin) => void;
  readonly codecPlugin: Plugin;
}

/** Loads the plugin framework, an optional dependency. Returns undefined if it is not installed. */
async function load(): Promise<Modules | undefined> {
  try {
    const { runNodeJs } = await import("@bufbuild/protoplugin");
    const { codecPlugin } = await import("./plugin.js");
    return { runNodeJs, codecPlugin };
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND") {
      return undefined;
    }
    throw error;
  }
}

const modules = await load();
if (modules === undefined) {
  console.error(
    "protoc-gen-es-codec needs @bufbuild/protoplugin: npm install --save-dev @bufbuild/protoplugin",
  );
  process.exitCode = 1;
} else {
  modules.runNodeJs(modules.codecPlugin);
}

// Starts the codec plugin from its sources, for protoc or buf: bundled in memory, nothing to build first.
import { runNodeJs } from "@bufbuild/protoplugin";
import { loadCodecPlugin } from "./load-codec-plugin.mjs";

runNodeJs(await loadCodecPlugin());

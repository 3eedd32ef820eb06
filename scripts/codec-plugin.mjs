// Starts the codec plugin from its sources, for protoc or buf: bundled in memory, without a build.
import { runNodeJs } from "@bufbuild/protoplugin";
import { loadCodecPlugin } from "./load-codec-plugin.mjs";

runNodeJs(await loadCodecPlugin());

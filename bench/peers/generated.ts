import type { SuiteCase } from "../suite/cases.js";
import type { EncodingPeer, PeerContender } from "./contender.js";
import { type Library, openLibrary } from "./library.js";

/** What a generated module exports: the functions of each message type, or why there are none. */
interface GeneratedModule {
  readonly codecs: Readonly<Record<string, Library>>;
  readonly missing?: string;
}

interface GeneratedPeer {
  readonly name: string;
  readonly packages: readonly string[];
  /** The name of the module in the folder. */
  readonly module: string;
}

const peers: readonly GeneratedPeer[] = [
  { name: "protobufjs", packages: ["protobufjs", "protobufjs-cli"], module: "protobufjs" },
  { name: "ts-proto", packages: ["ts-proto"], module: "ts-proto" },
  { name: "pbf", packages: ["pbf"], module: "pbf" },
  {
    name: "@protobuf-ts",
    packages: ["@protobuf-ts/runtime", "@protobuf-ts/plugin"],
    module: "protobuf-ts",
  },
  { name: "google-protobuf", packages: ["google-protobuf", "protoc"], module: "google-protobuf" },
];

/** The protobuf libraries whose code was generated into the folder. */
export function loadGenerated(folder: URL): Promise<EncodingPeer[]> {
  return Promise.all(
    peers.map(async ({ name, packages, module }): Promise<EncodingPeer> => {
      const loaded: GeneratedModule = await import(new URL(`${module}.mjs`, folder).href);
      return { name, kind: "protobuf", packages, open: (suiteCase) => open(loaded, suiteCase) };
    }),
  );
}

function open({ codecs, missing }: GeneratedModule, suiteCase: SuiteCase): PeerContender | string {
  const { typeName } = suiteCase.contract;
  const library = codecs[typeName];
  if (library !== undefined) return openLibrary(suiteCase, library);
  return missing ?? `no code was generated for ${typeName}`;
}

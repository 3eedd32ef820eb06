// The floors of the house. Imports only go down, type imports included; this file reads like the drawing:
//
//   7  explorer, cli                 what a person uses
//   6  sim jimbot pitboss beamline leyline    none imports another; all.ts joins them
//   5  contract                      base <- model <- rules, interpreter, schema, parts; guard -> parts
//   4  gen                           generated code
//   2  wire                          runtime of generated code, ContractError
//   -  codegen                       writes gen; nothing imports it at run time
//   -  otel testing zod              beside the systems; none imports a system

import { readSystems } from "./scripts/generate-systems.mjs";

const systems = readSystems(import.meta.dirname).map(({ name }) => name);
const system = `^src/(${systems.join("|")})/`;

/** Modules in `from` may import nothing in `to`. */
function forbid(name, comment, from, to, except) {
  return {
    name,
    comment,
    severity: "error",
    from: { path: from },
    to: { path: to, ...(except === undefined ? {} : { pathNot: except }) },
  };
}

/** A room of contract/ may import only itself, the rooms that are named, and floors below. */
function room(name, rooms, files = []) {
  const folders = [name, ...rooms].map((each) => `src/contract/${each}/`);
  return forbid(
    `contract-${name}`,
    `contract/${name} stands on: ${[...rooms, ...files].join(", ") || "the floors below"}`,
    `^src/contract/${name}/`,
    "^src/contract/",
    `^(${[...folders, ...files.map((file) => `src/contract/${file}\\.ts$`)].join("|")})`,
  );
}

export default {
  forbidden: [
    {
      name: "no-circles",
      comment: "no circle of imports, types included",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "no-orphans",
      comment: "a module that nothing imports and that imports nothing",
      severity: "error",
      from: { orphan: true, pathNot: ["\\.d\\.ts$", "\\.d\\.mts$"] },
      to: {},
    },
    {
      name: "resolvable",
      comment:
        "every import leads to a file or an installed package; two tests import what they generate",
      severity: "error",
      from: { pathNot: "^test/(conformance|browser)/" },
      to: { couldNotResolve: true },
    },
    // 6: the systems
    ...systems.map((name) =>
      forbid(
        `${name}-alone`,
        "no system imports another",
        `^src/${name}/`,
        system,
        `^src/${name}/`,
      ),
    ),
    forbid("beside", "otel, testing and zod import no system", "^src/(otel|testing|zod)/", system),
    forbid(
      "systems",
      "a system stands on contract, gen and wire",
      system,
      "^src/(otel|testing|zod|codegen)/",
    ),
    // 5: contract and its rooms
    forbid(
      "contract",
      "contract stands on gen and wire",
      "^src/contract/",
      "^src/",
      "^src/(contract|wire)/",
    ),
    room("base", []),
    room("model", ["base"]),
    room("rules", ["base", "model"]),
    room("interpreter", ["base", "model"]),
    room("schema", ["base", "model"]),
    room("parts", ["base", "model"], ["options"]),
    room("guard", ["base", "model", "parts"], ["options", "contract"]),
    // 4 and 2: generated code and its runtime
    forbid("gen", "generated code stands on wire", "^gen/", "^src/", "^src/wire/"),
    forbid("wire", "wire stands on nothing", "^src/wire/", "^(src|gen)/", "^src/wire/"),
    // the generator
    forbid(
      "codegen",
      "the generator is no part of the library",
      "^src/codegen/",
      "^(src|gen)/",
      "^src/codegen/",
    ),
    forbid(
      "at-run-time",
      "nothing imports the generator",
      "^(src|gen)/",
      "^src/codegen/",
      undefined,
    ),
    forbid(
      "no-tests",
      "what ships knows no tests and no benchmarks",
      "^(src|gen)/",
      "^(test|bench|scripts)/",
    ),
    forbid("bench", "the benchmark knows no tests", "^bench/", "^test/"),
  ].map((rule) =>
    rule.name === "at-run-time"
      ? { ...rule, from: { ...rule.from, pathNot: "^src/codegen/" } }
      : rule,
  ),
  options: {
    doNotFollow: { path: "node_modules" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      conditionNames: ["types", "import", "node", "default"],
      exportsFields: ["exports"],
    },
    moduleSystems: ["es6"],
  },
};

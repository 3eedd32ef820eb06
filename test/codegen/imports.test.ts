import { describe, expect, it } from "vitest";
import { fileOf, importsOf, linesWith } from "../support/codegen/excerpt.js";
import { generate, type Sources } from "../support/codegen/generate.js";

/** Files in different folders that import each other. */
const sources: Sources = {
  "shop/v1/order.proto": `
    syntax = "proto3"; package shop.v1;
    import "shop/v1/item.proto"; import "people/user.proto"; import "top.proto"; import "shop/v1/kind.proto";
    message Order {
      Item item = 1; repeated people.User users = 2; map<string, Top> tops = 3; Kind kind = 4;
      oneof o { Item.Part part = 5; }
    }`,
  "shop/v1/item.proto":
    'syntax = "proto3"; package shop.v1; message Item { message Part {} Part part = 1; }',
  "shop/v1/kind.proto": 'syntax = "proto3"; package shop.v1; enum Kind { KIND_UNSPECIFIED = 0; }',
  "people/user.proto":
    'syntax = "proto3"; package people; import "top.proto"; message User { Top top = 1; }',
  "top.proto": 'syntax = "proto3"; message Top {}',
};

function importsWith(parameter: string, name = "shop/v1/order_codec.ts"): string {
  return linesWith(importsOf(fileOf(generate(sources, parameter), name)), /\.\.?\/|@acme/);
}

describe("a codec imports messages of other files", () => {
  it("from the codecs of those files, wherever they are", () => {
    expect(importsWith("target=ts,import_extension=js")).toMatchInlineSnapshot(`
      "import type { Order } from "./order_pb.js";
      import { create_Top, read_Top, write_Top } from "../../top_codec.js";
      import { create_Item, create_Item_Part, read_Item, read_Item_Part, write_Item, write_Item_Part } from "./item_codec.js";
      import { create_User, read_User, write_User } from "../../people/user_codec.js";"
    `);
    expect(
      importsWith("target=ts,import_extension=js", "people/user_codec.ts"),
    ).toMatchInlineSnapshot(`
      "import type { User } from "./user_pb.js";
      import { create_Top, read_Top, write_Top } from "../top_codec.js";"
    `);
    expect(importsWith("target=ts,import_extension=js", "top_codec.ts")).toMatchInlineSnapshot(
      `"import type { Top } from "./top_pb.js";"`,
    );
  });

  it("without a file extension by default", () => {
    expect(importsWith("target=ts", "people/user_codec.ts")).toMatchInlineSnapshot(`
      "import type { User } from "./user_pb";
      import { create_Top, read_Top, write_Top } from "../top_codec";"
    `);
    expect(importsWith("target=ts,import_extension=none")).toBe(importsWith("target=ts"));
  });

  it("with the given file extension", () => {
    const imports = importsWith("target=ts,import_extension=js");
    expect(importsWith("target=ts,import_extension=ts")).toBe(imports.replaceAll('.js"', '.ts"'));
    expect(importsWith("target=ts")).toBe(imports.replaceAll('.js"', '"'));
  });

  it("from another package, as map_imports says", () => {
    const mapped = importsWith(
      "target=ts,import_extension=js,map_imports=people/**:@acme/people,map_imports=top.proto:@acme/top",
    );
    expect(mapped).toMatchInlineSnapshot(`
      "import type { Order } from "./order_pb.js";
      import { create_Top, read_Top, write_Top } from "@acme/top/top_codec.js";
      import { create_Item, create_Item_Part, read_Item, read_Item_Part, write_Item, write_Item_Part } from "./item_codec.js";
      import { create_User, read_User, write_User } from "@acme/people/people/user_codec.js";"
    `);
  });

  it("with an alias if two have the same name", () => {
    const same = {
      "a.proto":
        'syntax = "proto3"; package a; import "b.proto"; message M { b.M m = 1; M n = 2; }',
      "b.proto": 'syntax = "proto3"; package b; message M { string create_M = 1; }',
    };
    const text = fileOf(generate(same), "a_codec.ts");
    expect(linesWith(importsOf(text), /b_/)).toMatchInlineSnapshot(
      `"import { create_M as create_M$1, read_M as read_M$1, write_M as write_M$1 } from "./b_codec.js";"`,
    );
    expect(linesWith(text, /= create_M/)).toMatchInlineSnapshot(`
      "if (x === undefined) m.m = x = create_M$1();
      if (x === undefined) m.n = x = create_M();"
    `);
  });

  it("not at all if only their enums are used", () => {
    const text = fileOf(
      generate({
        ...sources,
        "a.proto":
          'syntax = "proto3"; import "shop/v1/kind.proto"; message A { shop.v1.Kind kind = 1; }',
      }),
      "a_codec.ts",
    );
    expect(linesWith(importsOf(text), /\.\//)).toMatchInlineSnapshot(
      `"import type { A } from "./a_pb.js";"`,
    );
  });
});

describe("a codec imports its runtime", () => {
  const source = { "a/b.proto": 'syntax = "proto3"; message M { string a = 1; }' };

  it.each([
    ["target=ts", "@concord/contracts/wire", "@concord/contracts/wire/internal"],
    ["target=ts,runtime=@acme/runtime", "@acme/runtime", "@acme/runtime/internal"],
    ["target=ts,runtime=#wire,import_extension=js", "#wire", "#wire/internal"],
    [
      "target=ts,runtime=./lib/wire,import_extension=js",
      "../lib/wire/index.js",
      "../lib/wire/internal.js",
    ],
    ["target=ts,runtime=./lib/wire/", "../lib/wire/index", "../lib/wire/internal"],
  ])("given %s, its type from %s and its functions from %s", (parameter, runtime, internal) => {
    const imports = importsOf(fileOf(generate(source, parameter), "a/b_codec.ts"));
    expect(linesWith(imports, /Codec /)).toBe(`import type { Codec } from "${runtime}";`);
    expect(linesWith(imports, /createCodec/)).toContain(`} from "${internal}";`);
  });
});

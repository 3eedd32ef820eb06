import { readdirSync } from "node:fs";
import { describe, expect, expectTypeOf, it } from "vitest";
import { z } from "zod";
import { contracts } from "../src/all.js";
import * as beamline from "../src/beamline/index.js";
import type { Channel } from "../src/contract/channel.js";
import type { AnyContract } from "../src/contract/contract.js";
import * as pitboss from "../src/pitboss/index.js";
import list from "../systems.json" with { type: "json" };
import { examplesOf } from "./support/examples.js";

/** What the entry of a system, or of a part that has messages, exports. */
interface Exports {
  readonly contracts: Iterable<AnyContract> & {
    readonly size: number;
    get(typeName: string): AnyContract | undefined;
  };
  readonly channels?: readonly Channel[];
}

interface System {
  readonly name: string;
  readonly protos: readonly string[];
  readonly entries?: Readonly<Record<string, { readonly protos: readonly string[] }>>;
}

function load(name: string): Promise<Exports> {
  return import(new URL(`../src/${name}/index.ts`, import.meta.url).href);
}

/** Every system, and every part of one that has messages of its own. */
const systems = await Promise.all(
  (list as readonly System[])
    .flatMap(({ name, protos, entries = {} }) => [
      { name, protos },
      ...Object.entries(entries).map(([part, own]) => ({ name: `${name}/${part}`, ...own })),
    ])
    .filter(({ protos }) => protos.length > 0)
    .map(async ({ name, protos }) => {
      return { name, protos, exports: await load(name), examples: examplesOf[name] ?? [] };
    }),
);

/** Every generated file of a system, with its descriptors. */
async function filesOf(protos: readonly string[]): Promise<Record<string, unknown>[]> {
  const files = protos.flatMap((folder) => {
    const root = new URL(`../gen/${folder}/`, import.meta.url);
    const paths = readdirSync(root).filter((path) => path.endsWith("_pb.ts"));
    return paths.map((path) => new URL(path, root).href);
  });
  return Promise.all(files.map((file) => import(file)));
}

function isDescriptor(value: unknown, kind: string): value is { name: string; typeName: string } {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === kind;
}

describe.each(systems)("$name", ({ protos, exports, examples }) => {
  const exported: Record<string, unknown> = { ...exports };

  it("exports a contract and a descriptor for every message, every enum and every service", async () => {
    for (const file of await filesOf(protos)) {
      for (const [name, value] of Object.entries(file)) {
        if (isDescriptor(value, "file")) continue;
        expect(exported[name], name).toBe(value);
        if (!isDescriptor(value, "message")) continue;
        const contract = exported[name.replace(/Schema$/, "")];
        expect(contract, name).toMatchObject({ typeName: value.typeName, schema: value });
        expect(exports.contracts.get(value.typeName), name).toBe(contract);
        expect(contracts.get(value.typeName), name).toBe(contract);
      }
    }
  });

  it("has no other contracts", async () => {
    const names = new Set<string>();
    for (const file of await filesOf(protos)) {
      for (const value of Object.values(file)) {
        if (isDescriptor(value, "message")) names.add(value.typeName);
      }
    }
    expect(new Set([...exports.contracts].map(({ typeName }) => typeName))).toEqual(names);
  });

  it.each([...exports.contracts])(
    "$typeName has a rule for every field, and all compile",
    (contract) => {
      // Building the rule checks every field rule against its field's descriptor.
      expect(() => z.compile(contract.definition.rule(), { strict: true })).not.toThrow();
      expect(Object.keys(contract.definition.fieldRules()).sort()).toEqual(
        contract.schema.members.map((member: { localName: string }) => member.localName).sort(),
      );
    },
  );

  it.each([...exports.contracts])("$typeName creates, encodes and decodes", (contract) => {
    const message = contract.create();
    const bytes = contract.codec.encode(message);
    expect(contract.codec.decode(bytes)).toEqual(message);
    expect(contract.codec.size(message)).toBe(bytes.length);
    const target = new Uint8Array(bytes.length + 3);
    expect(contract.codec.encodeInto(message, target, 2)).toBe(bytes.length + 2);
    expect(target.subarray(2, bytes.length + 2)).toEqual(bytes);
    const { length } = target;
    expect(() => contract.codec.encodeInto(message, target, length + 1)).toThrow(
      `cannot encode ${contract.typeName}: the offset ${length + 1} is outside the target of ${length} bytes [length]`,
    );
    if (bytes.length > 0) {
      expect(() => contract.codec.encodeInto(message, target, 4)).toThrow(
        `cannot encode ${contract.typeName}: ${bytes.length} bytes do not fit at offset 4 of a target of ${length} bytes [length]`,
      );
    }
    expect(message).toBeInstanceOf(contract);
  });

  it.each([...examples])(
    "$name goes from JSON to $bytes bytes and back",
    ({ contract, json, bytes }) => {
      const message = contract.fromJson(json);
      const encoded = contract.encode(message, { budget: false });
      expect(encoded.length).toBe(bytes);
      const decoded = contract.decode(encoded);
      expect(contract.equals(decoded, message)).toBe(true);
      expect(contract.toJson(decoded)).toEqual(json);
      expect(contract.toJsonText(decoded)).toBe(JSON.stringify(contract.toJson(message)));
      expect(contract.fromJsonText(JSON.stringify(json))).toEqual(message);
    },
  );

  it.each([...examples])(
    "$name is refused in ordered words wherever it is cut",
    ({ contract, json }) => {
      const encoded = contract.codec.encode(contract.fromJson(json));
      for (let end = 0; end < encoded.length; end++) {
        const result = contract.safeDecode(encoded.subarray(0, end));
        if (!result.ok) expect(result.error.message).toMatch(/^cannot decode .+ from binary: /);
      }
    },
  );

  const { channels = [] } = exports;
  // Parts of a system have none.
  if (!("channels" in exports)) return;
  it("lists channels whose messages are its own contracts", () => {
    // Those of messages that exist in JSON only are in no registry.
    const own = new Set<unknown>([...exports.contracts, ...Object.values(exports)]);
    expect(channels.length).toBeGreaterThan(0);
    expect(new Set(channels.map(({ name }) => name)).size).toBe(channels.length);
    for (const channel of channels) {
      for (const contract of [...channel.messages, ...(channel.replies ?? [])]) {
        expect(own.has(contract), channel.name).toBe(true);
      }
    }
  });
});

describe("all systems", () => {
  it("have one registry", () => {
    const total = systems.reduce((sum, { exports }) => sum + exports.contracts.size, 0);
    expect(contracts.size).toBe(total);
    expect(contracts.get("beamline.flow.v1.RouteRequest")).toBe(beamline.RouteRequest);
    expectTypeOf(contracts.get("pitboss.v1.MessageEnvelope")).toEqualTypeOf(
      pitboss.MessageEnvelope,
    );
    expect(contracts.get("nothing")).toBeUndefined();
  });
});

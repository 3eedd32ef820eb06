import { Ajv2020 } from "ajv/dist/2020.js";
import { toJsonSchema } from "../../src/contract/schema/json-schema.js";
import { meanSize } from "../limits/sizes.js";
import { forEach } from "../measure.js";
import type { SuiteCase } from "../suite/cases.js";
import type { Contender, Peer } from "../suite/peer.js";
import { brokenJson } from "./broken-json.js";
import { rulesBroken, verdictFault } from "./verdict.js";

/**
 * Ajv with the JSON Schema of the contract: it checks what a schema can express, on wire JSON objects,
 * and does not convert them to messages. Its messages are those objects, its bytes the length of their text.
 */
export const ajvChecker: Peer = {
  name: "ajv",
  kind: "checker",
  packages: ["ajv"],
  open({ contract, encoded, keepsRules }: SuiteCase): Contender | string {
    if (!keepsRules) return rulesBroken;
    const messages = encoded.map((bytes) => contract.codec.decode(bytes));
    const schema = toJsonSchema(contract);
    const accepts = new Ajv2020({ strict: true }).compile(schema);
    const objects = messages.map((message) => contract.toJson(message));
    const texts = objects.map((object) => JSON.stringify(object));
    const hold = (object: unknown): unknown => {
      if (!accepts(object)) throw new Error(`ajv refuses a message of ${contract.typeName}`);
      return object;
    };
    const parse = forEach(texts, (text) => hold(JSON.parse(text)));
    return {
      tasks: {
        check: forEach(objects, hold),
        jsonIn: parse,
        validatedEncode: forEach(objects, (object) => JSON.stringify(hold(object))),
        validatedDecode: parse,
      },
      bytes: meanSize(texts.map((text) => Buffer.from(text))),
      prove: () =>
        verdictFault({
          accepts,
          weAccept: (object) => contract.safeFromJson(object).ok,
          good: objects,
          broken: brokenJson(schema, objects),
        }),
    };
  },
};

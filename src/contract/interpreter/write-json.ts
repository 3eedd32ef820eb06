import { Context } from "../base/context.js";
import { guarded, refuse } from "../base/result.js";
import type { Definition } from "../model/definition.js";
import { JsonTextWriter } from "./writer.js";

interface WriteOptions {
  readonly dropUnknown?: boolean;
}

/** The wire JSON of a checked message. Throws what JSON cannot carry. */
export function writeJson<M, J>(
  definition: Definition<M, J>,
  checked: M,
  { dropUnknown }: WriteOptions,
): J {
  const context = new Context(dropUnknown);
  const { typeName } = definition.schema;
  const json = guarded("encode to JSON", typeName, () => definition.write(checked, context));
  refuse("encode to JSON", typeName, context.issues);
  return json;
}

/** The text of what {@link writeJson} returns, made without the object. */
export function writeJsonText<M>(
  definition: Definition<M>,
  checked: M,
  options: WriteOptions,
): string {
  const context = new Context(options.dropUnknown);
  const out = new JsonTextWriter(context);
  definition.text(checked, out);
  const text = out.finish();
  if (context.issues.length === 0) return text;
  // The issues of the text writer have no paths; those of writeJson do.
  return JSON.stringify(writeJson(definition, checked, options));
}

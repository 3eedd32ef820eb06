import type { Message } from "@bufbuild/protobuf";
import type { Contract } from "../contract/contract.js";
import type { CheckOptions } from "../contract/options.js";

/** A message that comes back unchanged from its bytes and from its JSON, with that JSON. */
export interface Settled<M> {
  readonly message: M;
  readonly json: unknown;
}

/**
 * A message that no method changes, as near to the given one as possible: floats are rounded to float32, and
 * what JSON always writes is set. Undefined if the message breaks a rule, or if JSON or the default limits
 * do not take it.
 */
export function settle<M extends Message>(
  contract: Contract<M>,
  given: unknown,
  options: CheckOptions,
): Settled<M> | undefined {
  let message: unknown = given;
  for (let attempt = 0; attempt < 3; attempt++) {
    const checked = contract.safeCheck(message, options);
    if (!checked.ok) return undefined;
    const again = throughBoth(contract, checked.value, options);
    if (again === undefined) return undefined;
    const { decoded, read, json } = again;
    if (contract.equals(checked.value, decoded) && contract.equals(decoded, read)) {
      return { message: checked.value, json };
    }
    message = read;
  }
  return undefined;
}

interface Through<M> {
  readonly decoded: M;
  readonly read: M;
  readonly json: unknown;
}

function throughBoth<M extends Message>(
  contract: Contract<M>,
  message: M,
  options: CheckOptions,
): Through<M> | undefined {
  const encoded = contract.safeEncode(message, { ...options, budget: false });
  if (!encoded.ok) return undefined;
  const decoded = contract.safeDecode(encoded.value, options);
  if (!decoded.ok) return undefined;
  const json = contract.safeToJson(decoded.value, options);
  if (!json.ok) return undefined;
  const read = contract.safeFromJson(json.value, options);
  return read.ok ? { decoded: decoded.value, read: read.value, json: json.value } : undefined;
}

export { rulesOf } from "./rules-of.js";
export { toZod, type ZodContract } from "./to-zod.js";

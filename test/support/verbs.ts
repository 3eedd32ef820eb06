import { documentedWorkflows } from "../../src/pitboss/index.js";

/** The documented verbs as error texts list them. */
export const verbsInErrors: string = Object.keys(documentedWorkflows)
  .map((verb) => JSON.stringify(verb))
  .join(", ");

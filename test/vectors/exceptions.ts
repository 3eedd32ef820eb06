import { beamline } from "./exceptions/beamline.js";
import type { Exception } from "./exceptions/exception.js";
import { floats } from "./exceptions/floats.js";
import { jimbot } from "./exceptions/jimbot.js";
import { leyline } from "./exceptions/leyline.js";
import { shared } from "./exceptions/shared.js";

export type { Exception } from "./exceptions/exception.js";

/** All intended differences from the recorded release. */
export const exceptions: readonly Exception[] = [
  ...shared,
  ...floats,
  ...beamline,
  ...jimbot,
  ...leyline,
];

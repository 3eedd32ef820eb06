import { beamline } from "./exceptions/beamline.js";
import type { Exception } from "./exceptions/exception.js";
import { jimbot } from "./exceptions/jimbot.js";
import { jsonValues } from "./exceptions/json-values.js";
import { leyline } from "./exceptions/leyline.js";

export type { Exception } from "./exceptions/exception.js";

/** All intended differences from the recorded release. */
export const exceptions: readonly Exception[] = [...beamline, ...jimbot, ...jsonValues, ...leyline];

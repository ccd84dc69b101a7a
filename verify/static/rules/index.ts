/** All rules, in the order in which they are run and reported. */
import type { Rule } from "../finding.js";
import { accessOnce } from "./accessOnce.js";
import { actionLabels } from "./actionLabels.js";
import { compiledUpToDate } from "./compiledUpToDate.js";
import { documentUpToDate } from "./documentUpToDate.js";
import { fileLength } from "./fileLength.js";
import { guardedWrite } from "./guardedWrite.js";
import { importLayers } from "./importLayers.js";
import { importsInside } from "./importsInside.js";
import { labelPlaces } from "./labelPlaces.js";
import { lineLength } from "./lineLength.js";
import { noImportCircles } from "./noImportCircles.js";
import { plainWords } from "./plainWords.js";
import { pureCore } from "./pureCore.js";
import { sharedThroughSync } from "./sharedThroughSync.js";
import { singleRead } from "./singleRead.js";
import { specNotRestated } from "./specNotRestated.js";
import { stepsAreYielded } from "./stepsAreYielded.js";
import { variablesMirrored } from "./variablesMirrored.js";

export const rules: readonly Rule[] = [
  actionLabels,
  labelPlaces,
  variablesMirrored,
  documentUpToDate,
  compiledUpToDate,
  specNotRestated,
  pureCore,
  importsInside,
  importLayers,
  noImportCircles,
  stepsAreYielded,
  sharedThroughSync,
  accessOnce,
  singleRead,
  guardedWrite,
  fileLength,
  lineLength,
  plainWords,
];

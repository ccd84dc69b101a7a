/** Where an action is written: its definition in the model, and its label in the code. */
import { dirname, relative } from "node:path";
import type { Model } from "../mediator/model.js";
import { modelDirectory } from "../model/paths.js";
import {
  coreSpecOf,
  readCoreSpec,
  type SourcePlace,
  type SpecAction,
} from "../model/specActions.js";
import { labelLocations } from "./labelLocations.js";

export interface SourcePlaces {
  /**
   * `file:line` from the root of the package, and for the models of another directory as it is
   * found from here; undefined when it is not there.
   */
  model(action: string): string | undefined;
  /** The same; a label that both designs have stands in two lines of a file: `file:25,46`. */
  code(label: string): string | undefined;
}

/** A model as far as it says where its text is. */
export type PlacedModel = Pick<Model, "cfgPath" | "spec">;

let own: SourcePlaces | undefined;
const others = new WeakMap<object, SourcePlaces>();

/** @param model Whose spec it is. Default: that of the project. */
export function sourcePlaces(model?: PlacedModel): SourcePlaces {
  const directory = model && dirname(model.cfgPath);
  if (model === undefined || directory === undefined || directory === modelDirectory) {
    own ??= placesOf(readCoreSpec().actions);
    return own;
  }
  const near = relative(process.cwd(), directory) || ".";
  const folder = near.length < directory.length ? near : directory;
  const places = others.get(model.spec) ?? placesOf(coreSpecOf(model.spec.modules, folder).actions);
  others.set(model.spec, places);
  return places;
}

function placesOf(spec: readonly SpecAction[]): SourcePlaces {
  const actions = new Map(spec.map(({ name, place }) => [name, place]));
  const labels = labelLocations();
  return {
    model: (action) => text([actions.get(action)]),
    code: (label) => text(labels.get(label) ?? []),
  };
}

function text(places: readonly (SourcePlace | undefined)[]): string | undefined {
  const [first] = places;
  if (first === undefined) return undefined;
  return `${first.file}:${places.map((place) => place?.line).join(",")}`;
}

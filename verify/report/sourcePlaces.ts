/** Where an action is written: its definition in the model, and its label in the code. */
import { readCoreSpec, type SourcePlace } from "../model/specActions.js";
import { labelLocations } from "./labelLocations.js";

export interface SourcePlaces {
  /** `file:line` from the root of the package; undefined when it is not there. */
  model(action: string): string | undefined;
  /** The same; a label that both designs have stands in two lines of a file: `file:25,46`. */
  code(label: string): string | undefined;
}

let cached: SourcePlaces | undefined;

export function sourcePlaces(): SourcePlaces {
  cached ??= readPlaces();
  return cached;
}

function readPlaces(): SourcePlaces {
  const actions = new Map(readCoreSpec().actions.map(({ name, place }) => [name, place]));
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

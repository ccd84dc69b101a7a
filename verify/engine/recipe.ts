import type { Explorable, SystemModule, SystemRecipe } from "./explorable.js";

/** The system that a recipe describes. @throws when its module is not there, or is another one. */
export async function systemOf({ module, data }: SystemRecipe): Promise<Explorable> {
  const { systemFrom }: SystemModule = await import(module);
  return systemFrom(data);
}

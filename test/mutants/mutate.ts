/** An edit of a text that must be there exactly once: a mutant that edits nothing shows nothing. */
export interface Edit {
  readonly find: string;
  readonly replace: string;
}

export function mutate(text: string, { find, replace }: Edit): string {
  const parts = text.split(find);
  if (parts.length !== 2) {
    throw new Error(`the text to replace is there ${parts.length - 1} times, not once:\n${find}`);
  }
  return parts.join(replace);
}

/** A verdict in words: the kind, and the name of what is violated, if it has one. */
export const verdictText = (kind: string, name: string | undefined): string =>
  name === undefined ? kind : `${kind} ${name}`;

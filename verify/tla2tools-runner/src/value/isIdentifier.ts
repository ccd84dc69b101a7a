/** Whether a string can be the name of a field, a variable or a model value. */
export function isIdentifier(name: string): boolean {
  return /^\w*[A-Za-z_]\w*$/.test(name);
}

import { SaxesParser } from "saxes";

/** An element of an XML document; attributes are left out, SANY writes none. */
export interface XmlElement {
  readonly name: string;
  readonly children: readonly XmlElement[];
  /** All the text directly inside, white space included. */
  readonly text: string;
}

interface OpenElement {
  readonly name: string;
  readonly children: XmlElement[];
  text: string;
}

/**
 * Reads an XML document.
 *
 * @returns Its root element.
 * @throws Error if the text is no well-formed document.
 */
export function readXml(text: string): XmlElement {
  const document: OpenElement = { name: "", children: [], text: "" };
  const open = [document];
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name }) => {
    const element = { name, children: [], text: "" };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on("text", (piece) => {
    const element = open.at(-1);
    if (element !== undefined) element.text += piece;
  });
  parser.on("closetag", () => {
    open.pop();
  });
  parser.write(text).close();
  const [root] = document.children;
  if (root === undefined) throw new Error("the document is empty");
  return root;
}

import { parseXml, XmlElement, XmlError } from '@rgrove/parse-xml'
import { refuse } from '../outcome.ts'

/** Bytes of one listing that are looked at: some ten thousand names. */
export const LISTING_LIMIT = 32 * 1024 * 1024

/**
 * The root element of an XML answer. Entities of its own are not expanded and nothing is fetched: the parser knows the five of XML alone.
 * @throws {TeamError} `not-a-store`
 */
export function xmlRoot(bytes: Uint8Array, host: string): XmlElement {
  try {
    const root = parseXml(new TextDecoder().decode(bytes)).root
    if (root) return root
  } catch (error) {
    if (!(error instanceof XmlError || error instanceof RangeError)) throw error
  }
  throw refuse('not-a-store', host)
}

/** Name without its namespace prefix: servers choose prefixes as they like. */
export function localName(element: XmlElement): string {
  return element.name.slice(element.name.indexOf(':') + 1)
}

export function childrenOf(element: XmlElement, name: string): XmlElement[] {
  return element.children.filter((child): child is XmlElement => child instanceof XmlElement && localName(child) === name)
}

/** Text of the first child of this name, null where there is none. */
export function textOf(element: XmlElement, name: string): string | null {
  return childrenOf(element, name)[0]?.text ?? null
}

/** The shape of `marks.yaml`, which says what each part means. `marks-data.ts` is written from it, because no YAML is parsed in a page. */

/** How an attribute's value must look. */
export type ValueTest =
  | { readonly is: 'present' }
  /** '', 'true' or the attribute's bare presence. */
  | { readonly is: 'flag' }
  | { readonly is: 'number' }
  /** `4`, `4,0` or `1.0.2`. */
  | { readonly is: 'path' }
  | { readonly is: 'oneOf'; readonly values: readonly string[] }
  | { readonly is: 'prefix'; readonly value: string }

export interface HtmlMark {
  readonly id: string
  readonly product: string
  /**
   * `sure`: enough alone. `half`: other pages have it too, two different ones of the same product are enough. `context`: common elsewhere
   * (players, sliders, any Angular page); counted only beside marks that are enough, never towards them.
   */
  readonly strength: 'sure' | 'half' | 'context'
  /** Element names; any when absent. */
  readonly tags?: readonly string[]
  /** All of these attributes, on the same element. */
  readonly attributes?: Readonly<Record<string, ValueTest>>
  /** All of these classes, on the same element; a trailing `*` stands for any ending. */
  readonly classes?: readonly string[]
  /** The element's text begins with this. */
  readonly text?: string
}

/** Tokens that an assistant leaves in the text itself; nobody types them. Any of `contains`, in lower case, inside a leftover token that the engine found. */
export interface TextMark {
  readonly id: string
  readonly product: string | null
  /** T3: it marks a link, not the text. */
  readonly class: 'T1' | 'T3'
  readonly contains: readonly string[]
}

/** An assistant inside an application, known by a press on its control. */
export interface AssistantMark {
  readonly product: string
  /** Only on these sites and their subdomains; everywhere when absent. */
  readonly hosts?: readonly string[]
  /** Lower case, whole words. */
  readonly labels: readonly string[]
}

export interface Marks {
  readonly format: 1
  /** ISO date on which a person last checked the table. */
  readonly checked: string
  readonly html: readonly HtmlMark[]
  readonly text: readonly TextMark[]
  readonly assistants: readonly AssistantMark[]
  /** Labels of controls that put in text which people prepared. */
  readonly templates: readonly string[]
}

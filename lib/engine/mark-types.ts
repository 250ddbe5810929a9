// The marks of AI chat pages and assistants as data. What they mean is lib/origin's; the shape is here because a pack may carry them.

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
  readonly tags?: readonly string[] | undefined
  /** All of these attributes, on the same element. */
  readonly attributes?: Readonly<Record<string, ValueTest>> | undefined
  /** All of these classes, on the same element; a trailing `*` stands for any ending. */
  readonly classes?: readonly string[] | undefined
  /** The element's text begins with this. */
  readonly text?: string | undefined
}

/** Tokens that an assistant leaves in the text itself; nobody types them. Any of `contains`, in lower case, digits as `#`. */
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
  readonly hosts?: readonly string[] | undefined
  /** Lower case, whole words. */
  readonly labels: readonly string[]
}

/** A habit of style (class T4), which people have as well: shown as a hint where a person asked for hints, and never more. */
export interface StyleMark {
  readonly id: string
  /** Any of these phrases, lower case, counts once each. */
  readonly phrases?: readonly string[] | undefined
  /** Or this one character, standing between words, */
  readonly character?: string | undefined
  /** seen so often, */
  readonly least: number
  /** and at least so often in 1,000 characters. */
  readonly per1000?: number | undefined
}

/** Marks with the day on which a person last checked them. What is built in has all parts; a pack carries those that it changes. */
export interface MarksUpdate {
  /** ISO date. */
  readonly checked: string
  readonly html?: readonly HtmlMark[] | undefined
  readonly text?: readonly TextMark[] | undefined
  readonly assistants?: readonly AssistantMark[] | undefined
  /** Labels of controls that put in text which people prepared. */
  readonly templates?: readonly string[] | undefined
  readonly style?: readonly StyleMark[] | undefined
  /** Ids of marks that are no longer to be believed. */
  readonly withdrawn?: readonly string[] | undefined
}

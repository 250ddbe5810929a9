/**
 * The marks that chat pages leave, as data: no code, no regular expression, so that a pack update can carry the same table one day.
 * Each was seen in public files on the date below; providers change their pages, so a mark that stops being seen is dated out, not guessed on.
 */
export const MARKS_CHECKED = '2026-11-23'

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

const present: ValueTest = { is: 'present' }
const flag: ValueTest = { is: 'flag' }
const numeric: ValueTest = { is: 'number' }
const path: ValueTest = { is: 'path' }

export const HTML_MARKS: readonly HtmlMark[] = [
  { id: 'chatgpt-data-is-last-node', product: 'ChatGPT', strength: 'sure', attributes: { 'data-is-last-node': flag } },
  { id: 'chatgpt-data-is-only-node', product: 'ChatGPT', strength: 'sure', attributes: { 'data-is-only-node': flag } },
  {
    id: 'chatgpt-message-author-role', product: 'ChatGPT', strength: 'sure',
    attributes: { 'data-message-author-role': { is: 'oneOf', values: ['user', 'assistant', 'tool', 'system'] } },
  },
  { id: 'chatgpt-conversation-turn', product: 'ChatGPT', strength: 'sure', attributes: { 'data-testid': { is: 'prefix', value: 'conversation-turn-' } } },
  { id: 'chatgpt-code-block', product: 'ChatGPT', strength: 'sure', classes: ['overflow-visible!', 'px-0!'] },
  { id: 'chatgpt-code-frame', product: 'ChatGPT', strength: 'sure', classes: ['contain-inline-size', 'rounded-2xl'] },
  { id: 'chatgpt-superellipse', product: 'ChatGPT', strength: 'sure', classes: ['corner-superellipse*'] },
  { id: 'chatgpt-token-background', product: 'ChatGPT', strength: 'sure', classes: ['bg-token-*'] },
  {
    id: 'chatgpt-table-column', product: 'ChatGPT', strength: 'sure',
    tags: ['td', 'th'], attributes: { 'data-col-size': { is: 'oneOf', values: ['sm', 'md', 'lg', 'xl'] } },
  },
  { id: 'chatgpt-answer-body', product: 'ChatGPT', strength: 'sure', classes: ['markdown', 'prose', 'w-full', 'break-words'] },
  { id: 'chatgpt-markdown-prose', product: 'ChatGPT', strength: 'half', classes: ['markdown', 'prose'] },
  { id: 'chatgpt-message-id', product: 'ChatGPT', strength: 'half', attributes: { 'data-message-id': present } },
  { id: 'chatgpt-offsets', product: 'ChatGPT', strength: 'context', attributes: { 'data-start': numeric, 'data-end': numeric } },

  { id: 'gemini-path-to-node', product: 'Gemini', strength: 'sure', attributes: { 'data-path-to-node': path } },
  { id: 'gemini-index-in-node', product: 'Gemini', strength: 'sure', attributes: { 'data-index-in-node': path } },
  { id: 'gemini-turn-source', product: 'Gemini', strength: 'sure', attributes: { 'data-turn-source-index': present } },
  { id: 'gemini-response-element', product: 'Gemini', strength: 'sure', tags: ['response-element'] },
  { id: 'gemini-source-footnote', product: 'Gemini', strength: 'sure', tags: ['source-footnote'] },
  { id: 'gemini-response-id', product: 'Gemini', strength: 'sure', attributes: { id: { is: 'prefix', value: 'p-rc_' } } },
  {
    id: 'gemini-grounding-link', product: 'Gemini', strength: 'sure',
    attributes: { href: { is: 'prefix', value: 'https://vertexaisearch.cloud.google.com/grounding-api-redirect/' } },
  },
  { id: 'gemini-citation', product: 'Gemini', strength: 'half', classes: ['citation-#'] },
  { id: 'gemini-superscript', product: 'Gemini', strength: 'context', tags: ['sup'], classes: ['superscript'] },
  { id: 'gemini-angular', product: 'Gemini', strength: 'context', attributes: { '_ngcontent-*': present } },

  { id: 'claude-response-font', product: 'Claude', strength: 'sure', classes: ['font-claude-*'] },
  { id: 'claude-render-count', product: 'Claude', strength: 'sure', attributes: { 'data-test-render-count': numeric } },
  { id: 'claude-answer-grid', product: 'Claude', strength: 'sure', classes: ['standard-markdown', 'grid-cols-1'] },
  { id: 'claude-standard-markdown', product: 'Claude', strength: 'half', classes: ['standard-markdown'] },
  { id: 'claude-streaming', product: 'Claude', strength: 'half', attributes: { 'data-is-streaming': { is: 'oneOf', values: ['true', 'false'] } } },

  { id: 'perplexity-citation', product: 'Perplexity', strength: 'sure', attributes: { 'data-pplx-citation': present } },
  { id: 'perplexity-citation-url', product: 'Perplexity', strength: 'sure', attributes: { 'data-pplx-citation-url': present } },
  { id: 'perplexity-end-sign', product: 'Perplexity', strength: 'sure', tags: ['div'], attributes: { align: { is: 'oneOf', values: ['center'] } }, text: '⁂' },
  { id: 'perplexity-hidden-notes', product: 'Perplexity', strength: 'sure', tags: ['span'], attributes: { style: { is: 'prefix', value: 'display:none' } }, text: '[^' },
  { id: 'perplexity-upload-link', product: 'Perplexity', strength: 'sure', attributes: { href: { is: 'prefix', value: 'https://ppl-ai-file-upload.s3.amazonaws.com/' } } },
  { id: 'perplexity-upload-image', product: 'Perplexity', strength: 'sure', attributes: { src: { is: 'prefix', value: 'https://ppl-ai-file-upload.s3.amazonaws.com/' } } },
  { id: 'perplexity-logo', product: 'Perplexity', strength: 'sure', attributes: { src: { is: 'prefix', value: 'https://r2cdn.perplexity.ai/pplx-full-logo' } } },

  { id: 'grok-card', product: 'Grok', strength: 'sure', tags: ['grok-card'] },
  { id: 'grok-answer-body', product: 'Grok', strength: 'sure', classes: ['response-content-markdown'] },

  { id: 'copilot-message', product: 'Copilot', strength: 'sure', classes: ['fai-copilotmessage*'] },
  { id: 'copilot-ai-message', product: 'Copilot', strength: 'sure', attributes: { 'data-content': { is: 'oneOf', values: ['ai-message'] } } },
  { id: 'copilot-message-group', product: 'Copilot', strength: 'sure', tags: ['cib-message-group', 'cib-message'] },
]

/** Tokens that an assistant leaves in the text itself; nobody types them. Any of `contains`, in lower case, inside a leftover token that the engine found. */
export interface TextMark {
  readonly id: string
  readonly product: string | null
  /** T3: it marks a link, not the text. */
  readonly class: 'T1' | 'T3'
  readonly contains: readonly string[]
}

/** The first that fits is taken: links before tokens, because a citation may hold a link. */
export const TEXT_MARKS: readonly TextMark[] = [
  { id: 'oai-citation', product: 'ChatGPT', class: 'T1', contains: ['oai_citation'] },
  { id: 'oaicite', product: 'ChatGPT', class: 'T1', contains: ['oaicite', 'contentreference['] },
  { id: 'attributable-index', product: 'ChatGPT', class: 'T1', contains: ['attributableindex'] },
  { id: 'chatgpt-writing-block', product: 'ChatGPT', class: 'T1', contains: [':::writing'] },
  { id: 'chatgpt-file-citation', product: 'ChatGPT', class: 'T1', contains: ['filecite'] },
  { id: 'chatgpt-sandbox-link', product: 'ChatGPT', class: 'T1', contains: ['sandbox:/mnt/data'] },
  {
    id: 'chatgpt-turn-citation', product: 'ChatGPT', class: 'T1',
    contains: ['search', 'view', 'news', 'image', 'file', 'fetch', 'product', 'forecast'].map((kind) => `turn#${kind}#`),
  },
  { id: 'source-dagger', product: null, class: 'T1', contains: ['【'] },
  { id: 'gemini-cite', product: 'Gemini', class: 'T1', contains: ['[cite_start', '[cite_end', '[cite:', '(start_span)', '(end_span)', '[span_#'] },
  { id: 'gemini-grounding-link', product: 'Gemini', class: 'T1', contains: ['vertexaisearch.cloud.google.com/grounding-api-redirect'] },
  { id: 'grok-card', product: 'Grok', class: 'T1', contains: ['grok-card', 'grok_card', 'grok_render'] },
  { id: 'perplexity-upload-link', product: 'Perplexity', class: 'T1', contains: ['ppl-ai-file-upload'] },
  { id: 'perplexity-citation', product: 'Perplexity', class: 'T1', contains: ['[web:#', '[file:#', '[attached_file:#', '⁂'] },
  { id: 'link-via-chatgpt', product: 'ChatGPT', class: 'T3', contains: ['utm_source=chatgpt', 'utm_source=openai'] },
  { id: 'link-via-copilot', product: 'Copilot', class: 'T3', contains: ['utm_source=copilot'] },
  { id: 'link-via-claude', product: 'Claude', class: 'T3', contains: ['utm_source=claude'] },
  { id: 'link-via-perplexity', product: 'Perplexity', class: 'T3', contains: ['utm_source=perplexity'] },
  { id: 'link-via-gemini', product: 'Gemini', class: 'T3', contains: ['utm_source=gemini'] },
  { id: 'link-via-grok', product: 'Grok', class: 'T3', contains: ['referrer=grok', 'utm_source=grok'] },
]

/** A paste as a page makes it, and the product whose marks it carries; null for one that carries none. */
export interface Paste { readonly name: string; readonly product: string | null; readonly html: string }

/** What is pasted: a short mail, a list, a heading with a table, code. The words are the same for every product; only the marks differ. */
const SHAPES = ['mail', 'list', 'table', 'code', 'one line'] as const
type Shape = (typeof SHAPES)[number]

/** One page's way of writing an element: what it adds to each tag, by the number of the element. */
type Dress = (tag: string, at: number, last: boolean) => string

function body(shape: Shape, dress: Dress): string {
  let at = 0
  const open = (tag: string, last = false): string => {
    const more = dress(tag, at++, last)
    return `<${tag}${more === '' ? '' : ` ${more}`}>`
  }
  const block = (tag: string, words: string, last = false): string => `${open(tag, last)}${words}</${tag}>`
  const bold = (words: string): string => `${open('strong')}${words}</strong>`
  switch (shape) {
    case 'mail': return block('p', 'Dear Ms Ode,') + block('p', `we can start on ${bold('3 May')} as you asked.`) + block('p', 'Kind regards', true)
    case 'list': return `${open('ul', true)}${block('li', 'one visit a month')}${block('li', `a report, ${bold('in writing')}`)}</ul>`
    case 'table': return `${block('h2', 'Plans')}${open('table')}<tbody>${open('tr')}${block('td', 'Small')}${block('td', '3 seats')}</tr></tbody></table>${block('p', 'Ask us for more.', true)}`
    case 'code': return `${block('p', 'Run this:')}${open('pre')}${block('code', 'npm ci')}</pre>${block('p', 'That is all.', true)}`
    case 'one line': return block('p', 'See you on Monday.', true)
  }
}

/** As the two systems' clipboards hand it over. */
const WRAPS: readonly ((html: string) => string)[] = [
  (html) => `<meta charset='utf-8'>${html}`,
  (html) => `<html>\r\n<body>\r\n<!--StartFragment-->${html}<!--EndFragment-->\r\n</body>\r\n</html>`,
]

interface Page { readonly product: string | null; readonly name: string; readonly dress: Dress; readonly around?: (html: string) => string }

const none: Dress = () => ''
const offsets = (at: number): string => `data-start="${at * 31}" data-end="${at * 31 + 27}"`
const around = (before: string, after: string) => (html: string): string => `${before}${html}${after}`

/** The grammar of each page's marks as collected from public files; see `lib/origin/marks.yaml` for when each was seen. */
const PAGES: readonly Page[] = [
  { product: 'ChatGPT', name: 'offsets and last node', dress: (tag, at, last) => (tag === 'tr' ? '' : `${offsets(at)}${last ? ' data-is-last-node=""' : ''}`) },
  { product: 'ChatGPT', name: 'only node', dress: (_, at, last) => `${offsets(at)}${last ? ' data-is-last-node="" data-is-only-node=""' : ''}` },
  {
    product: 'ChatGPT', name: 'whole turn', dress: (tag, at) => (tag === 'td' ? `${offsets(at)} data-col-size="sm"` : offsets(at)),
    around: around('<article data-testid="conversation-turn-4" data-scroll-anchor="true"><div data-message-author-role="assistant" data-message-id="c2f8" class="text-message"><div class="markdown prose dark:prose-invert w-full break-words dark">', '</div></div></article>'),
  },
  { product: 'Gemini', name: 'paths', dress: (tag, at) => (tag === 'strong' ? `data-path-to-node="${at},0" data-index-in-node="9"` : `data-path-to-node="${at}"`) },
  { product: 'Gemini', name: 'dotted paths', dress: (_, at) => `data-path-to-node="1.${at}"` },
  {
    product: 'Gemini', name: 'response element', dress: () => '_ngcontent-ng-c2741=""',
    around: around('<response-element class="" ng-version="0.0.0-PLACEHOLDER">', '<source-footnote class="ng-star-inserted"><sup class="superscript" data-turn-source-index="2"></sup></source-footnote></response-element>'),
  },
  { product: 'Claude', name: 'response body', dress: (tag) => (/^(p|li|h2)$/.test(tag) ? 'class="font-claude-response-body break-words whitespace-normal leading-[1.7]"' : '') },
  { product: 'Claude', name: 'whole message', dress: none, around: around('<div data-test-render-count="1"><div class="group relative" data-is-streaming="false"><div class="font-claude-message">', '</div></div></div>') },
  { product: 'Claude', name: 'markdown grid', dress: none, around: around('<div class="grid-cols-1 grid gap-2.5 [&amp;_&gt;_*]:min-w-0 standard-markdown">', '</div>') },
  { product: 'Copilot', name: 'message', dress: none, around: around('<div class="fai-CopilotMessage__content ___1abc">', '</div>') },
  { product: 'Copilot', name: 'message group', dress: none, around: around('<div data-testid="message" data-content="ai-message" class="group/ai-message-item">', '</div>') },
  { product: 'Perplexity', name: 'citations', dress: none, around: (html) => html.replace('</p>', '<span class="citation inline" data-pplx-citation="" data-pplx-citation-url="https://site.example/a">site</span></p>').concat(html.includes('</p>') ? '' : '<span data-pplx-citation="">site</span>') },
  { product: 'Perplexity', name: 'exported page', dress: none, around: (html) => `<img src="https://r2cdn.perplexity.ai/pplx-full-logo-primary-dark%402x.png" style="height:64px"/>${html}<span style="display:none">[^1_1][^1_2]</span><div align="center">⁂</div>` },
  { product: 'Grok', name: 'answer', dress: (tag) => (tag === 'p' ? 'class="break-words" dir="auto"' : ''), around: around('<div class="relative response-content-markdown markdown">', '</div>') },
  { product: 'Grok', name: 'cards', dress: none, around: (html) => `${html}<grok-card data-id="9a1c" data-type="citation_card"></grok-card>` },

  { product: null, name: 'Google Docs', dress: (tag) => (tag === 'p' ? 'dir="ltr" style="line-height:1.38;margin-top:0pt"' : ''), around: around('<b style="font-weight:normal" id="docs-internal-guid-7d0c1f7e-7fff-11aa">', '</b>') },
  { product: null, name: 'Word', dress: (tag) => (tag === 'p' ? 'class="MsoNormal" style="mso-margin-top-alt:auto"' : tag === 'li' ? 'class="MsoListParagraph"' : ''), around: around('<div class="WordSection1" xmlns:w="urn:schemas-microsoft-com:office:word">', '<o:p>&nbsp;</o:p></div>') },
  { product: null, name: 'Notion', dress: none, around: around('<!-- notionvc: 5e3c6f6e-1111-4c5c-8a0d-000000000000 -->', '') },
  { product: null, name: 'Google Sheets', dress: (tag) => (tag === 'td' ? 'data-sheets-value="{&quot;1&quot;:2,&quot;2&quot;:&quot;x&quot;}"' : ''), around: around('<google-sheets-html-origin><style>td{border:1px}</style>', '</google-sheets-html-origin>') },
  { product: null, name: 'Gmail', dress: (tag) => (tag === 'p' ? 'class="gmail_default"' : ''), around: around('<div dir="ltr">', '</div><div class="gmail_quote gmail_quote_container"><blockquote class="gmail_quote">older words</blockquote></div>') },
  { product: null, name: 'Outlook', dress: (tag) => (tag === 'p' ? 'class="elementToProof x_elementToProof"' : ''), around: around('<div id="appendonsend"></div>', '<div id="divRplyFwdMsg" dir="ltr"></div>') },
  { product: null, name: 'exercise page with offsets', dress: (_, at) => offsets(at) },
  { product: null, name: 'Angular page', dress: () => '_ngcontent-ng-c123=""', around: around('<app-root _nghost-ng-c9="" ng-version="18.2.0">', '</app-root>') },
  { product: null, name: 'documentation site', dress: none, around: around('<div class="theme-doc-markdown markdown"><article class="prose">', '</article></div>') },
  { product: null, name: 'article about the marks', dress: none, around: (html) => `<h1>data-is-last-node</h1><p>Look for data-path-to-node="4,0", class="font-claude-response-body" or &lt;grok-card&gt;.</p><code>&lt;p data-is-last-node=""&gt;</code>${html}` },
  { product: null, name: 'chat program', dress: (_, at) => `data-message-id="1712.${at}"` },
  { product: null, name: 'ProseMirror', dress: (tag) => (tag === 'p' ? 'data-pm-slice="1 1 []"' : '') },
]

/** Every page with every shape, wrapped as either system does: 150 pastes with marks and 120 without. */
export const PASTES: readonly Paste[] = PAGES.flatMap(({ product, name, dress, around: wrap = (html: string) => html }) =>
  SHAPES.flatMap((shape) => WRAPS.map((outer, system) => ({ product, name: `${product ?? 'none'}: ${name}, ${shape}, ${system}`, html: outer(wrap(body(shape, dress))) }))),
)

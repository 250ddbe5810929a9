import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { HTML_LIMIT, HTML_MARKS, marksInHtml, scanHtml } from './index.ts'

const products = (html: string) => [...new Set(marksInHtml(html).map((one) => one.product))]
const page = (inner: string) => `<html>\n<body>\n<!--StartFragment-->${inner}<!--EndFragment-->\n</body>\n</html>`

/** Pastes as chat pages make them, written from the grammar of their marks. */
const PASTES: Readonly<Record<string, readonly string[]>> = {
  ChatGPT: [
    '<p data-start="0" data-end="412" data-is-last-node="" data-is-only-node="">Hi <strong data-start="3" data-end="9">Ann</strong></p>',
    '<ul data-start="10" data-end="90" data-is-last-node><li data-start="12" data-end="40"><p data-start="14" data-end="40">One</p></li></ul>',
    '<p data-is-last-node=true data-start=1 data-end=2>unquoted</p>',
    '<P DATA-START="1" DATA-END="9" DATA-IS-ONLY-NODE=\'\'>upper case</P>',
    '<article data-testid="conversation-turn-3"><div data-message-author-role="assistant" data-message-id="7f1c"><p>Hi</p></div></article>',
    '<pre class="overflow-visible! px-0!" data-start="1" data-end="40"><div class="contain-inline-size rounded-2xl corner-superellipse/1.1 relative"><code>x</code></div></pre>',
    '<table><tbody><tr><td data-start="1" data-end="9" data-col-size="md">Plan</td></tr></tbody></table>',
    '<div class="markdown prose dark:prose-invert w-full break-words light"><p>Hi</p></div>',
    '<div class="bg-token-sidebar-surface-primary flex"><p>code</p></div>',
    '<div class="markdown prose" data-message-id="a-b"><p>two halves are enough</p></div>',
  ],
  Gemini: [
    '<h3 data-path-to-node="4,0">Plan</h3><p data-path-to-node="5,0,1"><b data-path-to-node="5,0,1,0" data-index-in-node="3">x</b></p>',
    '<response-element class="" ng-version="0.0.0-PLACEHOLDER"><p>Hi</p></response-element>',
    '<p>Rate<source-footnote class="ng-star-inserted"><sup class="superscript" data-turn-source-index="1"></sup></source-footnote></p>',
    '<p id="p-rc_3f02aa-12">Hi</p>',
    '<a href="https://vertexaisearch.cloud.google.com/grounding-api-redirect/AUZIYQ">source</a>',
  ],
  Claude: [
    '<p class="font-claude-response-body break-words whitespace-normal leading-[1.7]">Hi</p>',
    '<div class="font-claude-message relative"><p>Hi</p></div>',
    '<div data-test-render-count="2"><div data-is-streaming="false" class="group">Hi</div></div>',
    '<div class="grid-cols-1 grid gap-2.5 [&amp;_&gt;_*]:min-w-0 standard-markdown"><p>Hi</p></div>',
    '<div data-is-streaming="false"><div class="standard-markdown">Hi</div></div>',
  ],
  Perplexity: [
    '<span class="citation inline" data-pplx-citation data-pplx-citation-url="https://a.example/">a</span>',
    '<p>Answer</p><span style="display:none">[^1_1][^1_2]</span><div align="center">⁂</div>',
    '<span style="display: none">[^3]</span>',
    '<img src="https://r2cdn.perplexity.ai/pplx-full-logo-primary-dark%402x.png" class="logo" width="120"/>',
    '<a href="https://ppl-ai-file-upload.s3.amazonaws.com/web/direct-files/1/x.pdf">file</a>',
  ],
  Grok: ['<grok-card data-id="ba2" data-type="citation_card"></grok-card>', '<div class="relative response-content-markdown markdown"><p class="break-words">Hi</p></div>'],
  Copilot: ['<div class="fai-CopilotMessage__content r1"><p>Hi</p></div>', '<div data-testid="message" data-content="ai-message"><p>Hi</p></div>'],
}

/** Copies from tools that people write in, and pages that share an attribute with a chat page. */
const NEGATIVES: Readonly<Record<string, string>> = {
  'Google Docs': '<meta charset="utf-8"><b style="font-weight:normal" id="docs-internal-guid-7d0c1f7e-7fff"><p dir="ltr" style="line-height:1.38"><span>Hi Ann</span></p></b>',
  'Google Sheets': '<google-sheets-html-origin><table><tbody><tr><td data-sheets-value="{&quot;1&quot;:2}">49</td></tr></tbody></table>',
  Word: '<p class="MsoNormal"><span lang="EN-US" style="mso-fareast-language:EN-US">Hi<o:p></o:p></span></p>',
  'Outlook web': '<div class="elementToProof" style="font-family:Aptos">Hi</div><div id="appendonsend"></div><div id="divRplyFwdMsg" dir="ltr"></div>',
  Gmail: '<div dir="ltr"><div class="gmail_default">Hi</div><div class="gmail_quote gmail_quote_container"><blockquote class="gmail_quote">old</blockquote></div></div>',
  Notion: '<meta charset="utf-8"><!-- notionvc: 5e3c6f6e-1111-4c5c-8a0d-000000000000 --><p>Hi</p>',
  ProseMirror: '<p data-pm-slice="1 1 []">Hi</p>',
  Slack: '<div class="p-rich_text_section" data-message-id="1712.22">Hi</div>',
  'coding exercise': '<p data-start="10" data-end="99">Given an array</p><ul data-start="100" data-end="160"><li data-start="101" data-end="130"><code data-start="104" data-end="120">nums</code></li></ul>',
  slider: '<input type="range" data-start="1" data-end="9"><li data-start="2">second</li>',
  'video player': '<div data-start="0" data-end="12.5" data-is-playing="true">clip</div>',
  Angular: '<app-root _ngcontent-ng-c123 _nghost-ng-c9 ng-version="18.0.0"><p _ngcontent-ng-c123>Hi</p></app-root>',
  'Angular journal': '<p _ngcontent-abc-1><span class="citation-12">12</span><sup class="superscript">12</sup></p>',
  'docs site': '<div class="theme-doc-markdown markdown"><p>Hi</p></div><article class="prose lg:prose-xl"><p>Hi</p></article>',
  'docs site, both classes': '<div class="markdown prose max-w-none"><p>Hi</p></div>',
  'link that came through an assistant': '<p>See <a href="https://example.com/?utm_source=chatgpt.com">this page</a></p>',
  'article about the marks': '<h1>data-is-last-node</h1><p>The attribute data-is-last-node="" and class="font-claude-response-body" and &lt;response-element&gt;</p><code>&lt;p data-path-to-node="1"&gt;</code>',
  'marks in a comment, a script, a style and a text box': '<!-- <p data-is-last-node=""> --><script>var a = \'<p data-is-last-node="">\'</script><style>.font-claude-x{}</style><textarea><p data-path-to-node="1"></textarea>',
  'mark inside another attribute': '<a title=\'<p data-is-last-node="">\' href="#data-path-to-node=1">x</a>',
  'mark as part of a name': '<p xdata-is-last-node="" data-is-last-node-count="3" class="my-font-claude-x">x</p>',
  'grid builder': '<div data-col-size="6"><td data-col-size="6">x</td></div>',
  Grammarly: '<div contenteditable="true" data-gramm="false" data-gramm_id="ab" data-gramm_editor="true">Hi</div><grammarly-extension></grammarly-extension>',
  'path that is no path': '<p data-path-to-node="/html/body">x</p>',
}

describe('marksInHtml', () => {
  for (const [product, pastes] of Object.entries(PASTES)) {
    it.each(pastes.map((html) => [html]))(`sees ${product} in %s`, (html) => {
      expect(products(html)).toEqual([product])
      expect(products(page(html))).toEqual([product])
    })
  }

  it.each(Object.entries(NEGATIVES))('sees nothing in %s', (_, html) => {
    expect(marksInHtml(html)).toEqual([])
    expect(marksInHtml(page(html))).toEqual([])
  })

  it('names each mark once with its count, and weak marks beside a sure one', () => {
    expect(marksInHtml('<p data-start="0" data-end="4">a</p><p data-start="5" data-end="9" data-is-last-node="">b</p>')).toEqual([
      { class: 'T2', mark: 'chatgpt-data-is-last-node', product: 'ChatGPT', count: 1 },
      { class: 'T2', mark: 'chatgpt-offsets', product: 'ChatGPT', count: 2 },
    ])
  })

  it('keeps products apart', () => {
    expect(products('<p data-is-last-node="" class="standard-markdown">x</p>')).toEqual(['ChatGPT'])
  })

  it('survives malformed input', () => {
    for (const html of ['', '<', '<p', '<p a', '<p a=', '<p a="', '</', '<!--', '<!', '<script>', '<script', '</script>', '<p =x>', '<p/a/b=>', '<<<>>>', '<p a=\u0000>', '\ud800<p>\udc00']) {
      expect(marksInHtml(html)).toEqual([])
    }
    expect(products('<p <p data-is-last-node="">')).toEqual(['ChatGPT'])
    expect(products('<p class="never closed <p data-is-last-node="">')).toEqual([])
  })

  it('counts through the beginning of a long paste where that is enough, and finds a mark that stands further on', () => {
    const filler = '<p>words</p>'.repeat(40_000)
    expect(marksInHtml(`<p data-is-last-node="">a</p>${filler}<p data-is-last-node="">b</p>`)).toMatchObject([{ mark: 'chatgpt-data-is-last-node', count: 1 }])
    expect(marksInHtml(`${filler}<p data-is-last-node="">b</p>`)).toMatchObject([{ mark: 'chatgpt-data-is-last-node', count: 1 }])
  })

  it('reads no further than the limit', () => {
    const far = ' '.repeat(HTML_LIMIT) + '<p data-is-last-node="">'
    expect(marksInHtml(far)).toEqual([])
    expect(marksInHtml(far.slice(100))).toHaveLength(1)
  })

  it('has a table whose ids are unique', () => {
    expect(new Set(HTML_MARKS.map((mark) => mark.id)).size).toBe(HTML_MARKS.length)
  })
})

describe('scanHtml', () => {
  const tags = (html: string) => {
    const seen: string[] = []
    scanHtml(html, {
      start: (tag) => seen.push(`<${tag.name}${[...tag.attributes].map(([name, value]) => ` ${name}=${value}`).join('')}>`),
      end: (name) => seen.push(`</${name}>`),
      text: (start, end) => seen.push(html.slice(start, end)),
    })
    return seen
  }

  it('reads tags, attributes and text as a browser would', () => {
    expect(tags('<p class=a>1 < 2<br/><b title="x>y" Title=z>b</b></p>')).toEqual(['<p class=a>', '1 ', '<', ' 2', '<br>', '<b title=x>y>', 'b', '</b>', '</p>'])
    expect(tags('a<!-- <b> -->c<?php <i> ?>d')).toEqual(['a', 'c', ' ?>d'])
    expect(tags('<script>if (a</b) "<p>"</script><i>')).toEqual(['<script>', '</script>', '<i>'])
  })
})

const DATA = join(process.env.COUNTERSIGN_DATA ?? '../shared', 'data/paste_markers.dev.jsonl')
describe.skipIf(!existsSync(DATA))(`collected pastes${existsSync(DATA) ? '' : ` (skipped: ${DATA} is not here)`}`, () => {
  const rows = existsSync(DATA) ? readFileSync(DATA, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as { id: string; text: string; label: string }) : []
  it.each(rows.map((row) => [row.id, row.label, row.text]))('%s is %s', (_, label, text) => {
    expect(products(text).map((product) => product?.toLowerCase() ?? 'unknown')).toEqual(label === 'none' ? [] : [label])
  })
})

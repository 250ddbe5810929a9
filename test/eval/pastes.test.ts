import { describe, expect, it } from 'vitest'
import { marksInHtml } from '../../lib/origin/index.ts'
import { PASTES } from './pastes.ts'

const named = (html: string) => [...new Set(marksInHtml(html).map(({ product }) => product))]

describe('pastes built from the grammar of the marks', () => {
  it('are enough: sixty and more with marks of six products, sixty and more without', () => {
    const products = PASTES.flatMap(({ product }) => product ?? [])
    expect(products.length).toBeGreaterThanOrEqual(60)
    expect(new Set(products)).toEqual(new Set(['ChatGPT', 'Gemini', 'Claude', 'Copilot', 'Perplexity', 'Grok']))
    expect(PASTES.length - products.length).toBeGreaterThanOrEqual(60)
  })

  it('name their product and no other, and other programs none', () => {
    for (const { name, product, html } of PASTES) expect(named(html), name).toEqual(product === null ? [] : [product])
  })
})

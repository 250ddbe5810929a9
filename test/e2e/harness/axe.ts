import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface Violation { readonly id: string; readonly impact?: string | null; readonly nodes: readonly { readonly html: string }[] }

/** The serious and critical faults that axe-core finds in a page as it is painted now, one line a rule. */
export async function accessibilityOf(page: Page): Promise<string[]> {
  // Evaluated by the debugger: the pages' own policy runs no script from elsewhere.
  await page.evaluate(AXE)
  const violations = await page.evaluate(async () => (await (globalThis as unknown as { axe: { run: (of: Document) => Promise<{ violations: Violation[] }> } }).axe.run(document)).violations)
  return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html }) => html.slice(0, 200)).join(' | ')}`)
}

import { StrictMode, type ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { uiDirection, uiLocale } from '../ui/index.ts'

/** Shows a page in its document, in the person's language and reading direction. */
export function mount(page: ReactNode): void {
  const root = document.getElementById('root')
  if (!root) throw new Error('the page has no element with the id "root"')
  document.documentElement.lang = uiLocale()
  document.documentElement.dir = uiDirection()
  createRoot(root).render(<StrictMode>{page}</StrictMode>)
}

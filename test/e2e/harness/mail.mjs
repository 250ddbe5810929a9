/** Moves on the desk's Mail that several scripts need. All by real keys and presses. */

/** Opens Mail with one compose that is addressed and has a subject. Resolves to the compose's body. */
export async function openCompose(page, deskUrl, { to = 'marta.olsen@lakeside-clinics.example', subject = 'Your offer' } = {}) {
  await page.goto(`${deskUrl}/mail?compose=1&to=${encodeURIComponent(to)}&su=${encodeURIComponent(subject)}`)
  const body = page.locator('.M9 .Am.editable')
  await body.waitFor()
  await body.click({ position: { x: 4, y: 4 } })
  return body
}

/** Copies HTML as a chat page does and pastes it where the focus is, through the real clipboard. */
export async function pasteHtml(page, { html, text }) {
  const focused = await page.evaluateHandle(() => document.activeElement)
  await page.evaluate(({ html: rich, text: plain }) => {
    document.addEventListener('copy', (event) => {
      event.preventDefault()
      event.stopImmediatePropagation()
      event.clipboardData.setData('text/html', rich)
      event.clipboardData.setData('text/plain', plain)
    }, { capture: true, once: true })
    document.execCommand('copy')
  }, { html, text })
  await focused.asElement()?.focus()
  await page.keyboard.press('ControlOrMeta+v')
}

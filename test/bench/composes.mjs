/** Runs in the desk's Mail, whose composes are real: opened by its own button, written in, looked at, closed. Faster than a person, slower than the guard. */
export async function openAndClose(count) {
  const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms) })
  const press = (element) => { for (const type of ['mousedown', 'mouseup', 'click']) element.dispatchEvent(new MouseEvent(type, { bubbles: true, cancelable: true, composed: true })) }
  for (let done = 0; done < count; done += 1) {
    press(document.querySelector('.T-I-KE'))
    const root = document.querySelector('.M9')
    const body = root.querySelector('.Am.editable')
    body.focus()
    // The page remembers how each block of words arrived, up to a bound; with the same hundred over again that memory is full before the count begins.
    document.execCommand('insertText', false, `We guarantee a 20% discount on lamp ${done % 100}.`)
    await pause(done % 10 === 0 ? 420 : 50)
    press((root.closest('[role=dialog]') ?? root).querySelector('.Ha'))
    if (document.querySelector('.M9')) throw new Error('the compose did not close')
  }
}

/** Heap, listeners and nodes when everything that can go has gone: collected until nothing more goes. */
export async function standing(page, cdp) {
  await page.waitForTimeout(3_000)
  let named = {}
  for (let times = 0, same = 0; times < 20 && same < 3; times += 1) {
    await cdp.send('HeapProfiler.collectGarbage')
    await page.waitForTimeout(300)
    const { metrics } = await cdp.send('Performance.getMetrics')
    const now = Object.fromEntries(metrics.map(({ name, value }) => [name, value]))
    same = now.Nodes === named.Nodes && now.JSEventListeners === named.JSEventListeners ? same + 1 : 0
    named = now
  }
  return { heap: named.JSHeapUsedSize, JSEventListeners: named.JSEventListeners, Nodes: named.Nodes }
}

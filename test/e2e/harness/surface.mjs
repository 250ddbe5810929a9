/**
 * Reaches Countersign's own interface from outside. It lives in a closed shadow root, which the page and its scripts cannot see; the debugger can.
 * Everything is done by real pointer presses at the place where a thing is painted, so that what a person cannot press is not pressed here either.
 */
const sessions = new WeakMap()

async function sessionOf(page) {
  if (!sessions.has(page)) sessions.set(page, page.context().newCDPSession(page))
  return sessions.get(page)
}

/** All closed shadow roots of a page, frames of the same process included. */
function closedRoots(node, found = []) {
  for (const root of node.shadowRoots ?? []) {
    if (root.shadowRootType === 'closed') found.push(root)
    closedRoots(root, found)
  }
  for (const child of node.children ?? []) closedRoots(child, found)
  if (node.contentDocument) closedRoots(node.contentDocument, found)
  return found
}

/** Finds all elements of our interface that match and are painted, in reading order. */
export async function findAllInSurface(page, selector) {
  if (page.surface) return page.surface.find(selector) // A browser that is not reached by Chrome's protocol brings its own way.
  const session = await sessionOf(page)
  const { root } = await session.send('DOM.getDocument', { depth: -1, pierce: true })
  const found = []
  for (const closed of closedRoots(root)) {
    const { nodeIds } = await session.send('DOM.querySelectorAll', { nodeId: closed.nodeId, selector })
    for (const nodeId of nodeIds) {
      const box = await boxOf(session, nodeId)
      if (box) found.push({ nodeId, ...box })
    }
  }
  return found
}

/** The first element of our interface that matches, with its place in the page's viewport; null while it is not painted. */
export async function findInSurface(page, selector) {
  return (await findAllInSurface(page, selector))[0] ?? null
}

async function boxOf(session, nodeId) {
  try {
    const { model } = await session.send('DOM.getBoxModel', { nodeId })
    const [x1, y1, , , x2, y2] = model.border
    return x2 - x1 > 0 && y2 - y1 > 0 ? { x: x1, y: y1, width: x2 - x1, height: y2 - y1 } : null
  } catch (error) {
    // "Could not compute box model": the element is there and not painted. "Could not find node": it was replaced meanwhile.
    if (/box model|find node/i.test(String(error))) return null
    throw error
  }
}

/** Ends what hangs; a first draft on a busy machine takes its time. Milliseconds. */
const PATIENCE = 20_000

/** Waits until something matches; throws with the selector when it does not come. */
export async function waitInSurface(page, selector, timeout = PATIENCE) {
  const until = Date.now() + timeout
  for (;;) {
    const found = await findInSurface(page, selector)
    if (found) return found
    if (Date.now() > until) throw new Error(`Nothing in Countersign's interface matches ${selector}`)
    await page.waitForTimeout(50)
  }
}

/** Waits until nothing matches any more. */
export async function waitGoneFromSurface(page, selector, timeout = PATIENCE) {
  const until = Date.now() + timeout
  while (await findInSurface(page, selector)) {
    if (Date.now() > until) throw new Error(`${selector} is still in Countersign's interface`)
    await page.waitForTimeout(50)
  }
}

/** Presses the middle of an element with the real pointer, once it stands still. */
export async function clickInSurface(page, selector, timeout = PATIENCE) {
  let box = await waitInSurface(page, selector, timeout)
  for (let tries = 0; tries < 20; tries++) {
    await page.waitForTimeout(60)
    const next = await waitInSurface(page, selector, timeout)
    if (next.x === box.x && next.y === box.y) break
    box = next
  }
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2)
}

/** Visible text of the first match, '' when there is none. Without a selector: of everything in our interface. */
export async function textOfSurface(page, selector = '*') {
  return call(page, selector, 'function () { return this.innerText ?? this.textContent }', '')
}

/** An attribute of the first match; null when there is no match or no such attribute. */
export async function attributeInSurface(page, selector, name) {
  return call(page, selector, `function () { return this.getAttribute(${JSON.stringify(name)}) }`, null)
}

/** True when the keyboard focus is on or in the first match. */
export async function hasFocusInSurface(page, selector) {
  return call(page, selector, 'function () { return this.contains(this.getRootNode().activeElement) }', false)
}

/** What a function, given as its source and called on the first match, answers; `otherwise` when there is no match. */
export async function askSurface(page, selector, functionDeclaration, otherwise) {
  return call(page, selector, functionDeclaration, otherwise)
}

async function call(page, selector, functionDeclaration, otherwise) {
  const found = await findInSurface(page, selector)
  if (!found) return otherwise
  if (page.surface) return page.surface.call(found.nodeId, functionDeclaration)
  const session = await sessionOf(page)
  try {
    const { object } = await session.send('DOM.resolveNode', { nodeId: found.nodeId })
    const { result } = await session.send('Runtime.callFunctionOn', { objectId: object.objectId, functionDeclaration, returnByValue: true })
    return result.value
  } catch (error) {
    // It was replaced between the two: what stands there now is asked.
    if (/no node with given id|find node/i.test(String(error))) return call(page, selector, functionDeclaration, otherwise)
    throw error
  }
}

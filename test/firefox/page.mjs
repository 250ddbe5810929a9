import { writeFileSync } from 'node:fs'

/** As much of Playwright's `Page` as the main job uses, over WebDriver BiDi. Presses and keys are the browser's own, as from a person's hand. */

const KEYS = {
  Alt: '\uE00A', ArrowDown: '\uE015', ArrowLeft: '\uE012', ArrowRight: '\uE014', ArrowUp: '\uE013', Backspace: '\uE003', Control: '\uE009', Delete: '\uE017', End: '\uE010', Enter: '\uE007',
  Escape: '\uE00C', F8: '\uE038', Home: '\uE011', Meta: '\uE03D', Shift: '\uE008', Space: ' ', Tab: '\uE004',
}
const COMMAND = process.platform === 'darwin' ? 'Meta' : 'Control'
const keyOf = (name) => KEYS[name === 'ControlOrMeta' ? COMMAND : name] ?? name
/** Waits for elements this long; milliseconds. */
const PATIENCE = 60_000

/** `firefox` is what `startFirefox` gives, `context` a tab's id. */
export function createPage(firefox, context) {
  const call = async (functionDeclaration, args = [], extra = {}) => {
    const { type, result, exceptionDetails } = await firefox.send('script.callFunction', { functionDeclaration, arguments: args, awaitPromise: true, target: { context }, userActivation: true, ...extra })
    if (type === 'exception') throw new Error(`In the page: ${exceptionDetails.text}`)
    return result
  }
  const evaluate = async (work, arg) => {
    const { value } = await call(`async (arg) => { const result = await (${work})(arg === '' ? undefined : JSON.parse(arg)); return JSON.stringify(result ?? null) }`, [{ type: 'string', value: arg === undefined ? '' : JSON.stringify(arg) }])
    return JSON.parse(value)
  }
  const perform = (actions) => firefox.send('input.performActions', { context, actions })
  const waitForTimeout = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

  const press = async (chord) => {
    const names = chord === '+' ? ['+'] : chord.split('+')
    const keys = names.map(keyOf)
    await perform([{ type: 'key', id: 'keys', actions: [...keys.map((value) => ({ type: 'keyDown', value })), ...keys.toReversed().map((value) => ({ type: 'keyUp', value }))] }])
  }
  const clickAt = (x, y) => perform([{ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions: [{ type: 'pointerMove', x: Math.round(x), y: Math.round(y) }, { type: 'pointerDown', button: 0 }, { type: 'pointerUp', button: 0 }] }])

  /** Place of the first match once it is painted and stands still; scrolled into view. */
  const placeOf = async (selector) => {
    const until = Date.now() + PATIENCE
    for (let last = ''; ; await waitForTimeout(40)) {
      const box = await evaluate((wanted) => {
        const element = document.querySelector(wanted)
        element?.scrollIntoView({ block: 'nearest' })
        const { left, top, width, height } = element?.getBoundingClientRect() ?? { width: 0 }
        return width > 0 ? { left, top, width, height } : null
      }, selector)
      if (box && JSON.stringify(box) === last) return box
      last = JSON.stringify(box)
      if (Date.now() > until) throw new Error(`${selector} is not on the page`)
    }
  }
  const innerText = (selector) => evaluate((wanted) => document.querySelector(wanted)?.innerText ?? '', selector)

  const click = async (selector, { position } = {}) => {
    const { left, top, width, height } = await placeOf(selector)
    await clickAt(position ? left + position.x : left + width / 2, position ? top + position.y : top + height / 2)
  }

  return {
    /** Ways into a closed shadow root, for `surface.mjs`: BiDi shows closed ones, too. */
    surface: {
      find: (selector) => findInClosedRoots(call, selector),
      call: async (handle, functionDeclaration) => (await call(`function () { return JSON.stringify((${functionDeclaration}).call(this) ?? null) }`, [], { this: { sharedId: handle } }).then(({ value }) => JSON.parse(value))),
    },
    evaluate,
    waitForTimeout,
    goto: (url) => firefox.send('browsingContext.navigate', { context, url, wait: 'complete' }),
    click,
    locator: (selector) => ({ waitFor: () => placeOf(selector), click: (options) => click(selector, options) }),
    waitForSelector: placeOf,
    innerText,
    innerHTML: (selector) => evaluate((wanted) => document.querySelector(wanted)?.innerHTML ?? '', selector),
    keyboard: {
      press,
      type: async (text) => {
        for (const character of text) await press(character === '\n' ? 'Enter' : character === '+' ? '+' : character)
      },
    },
    mouse: { click: clickAt },
    screenshot: async ({ path }) => writeFileSync(path, Buffer.from((await firefox.send('browsingContext.captureScreenshot', { context })).data, 'base64')),
    close: () => firefox.send('browsingContext.close', { context }),
  }
}

/** Elements of closed shadow roots that match and are painted: `{ nodeId, x, y, width, height }`. */
async function findInClosedRoots(call, selector) {
  const tree = await call('() => document.documentElement', [], { serializationOptions: { maxDomDepth: null, includeShadowTree: 'all' } })
  const found = []
  for (const root of closedRoots(tree)) {
    const elements = await call('(root, selector) => [...root.querySelectorAll(selector)]', [{ sharedId: root }, { type: 'string', value: selector }], { serializationOptions: { maxDomDepth: 0 } })
    for (const { sharedId } of elements.value) {
      const { value } = await call('function () { const { x, y, width, height } = this.getBoundingClientRect(); return JSON.stringify({ x, y, width, height }) }', [], { this: { sharedId } })
      const box = JSON.parse(value)
      if (box.width > 0 && box.height > 0) found.push({ nodeId: sharedId, ...box })
    }
  }
  return found
}

function closedRoots({ value, sharedId }, found = []) {
  if (value?.mode === 'closed') found.push(sharedId)
  if (value?.shadowRoot) closedRoots(value.shadowRoot, found)
  for (const child of value?.children ?? []) closedRoots(child, found)
  return found
}

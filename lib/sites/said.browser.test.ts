import { afterEach, describe, expect, it } from 'vitest'
import { saidAt } from './said.ts'

afterEach(() => document.body.replaceChildren())

/** A press on the innermost element of some markup. */
function press(markup: string): ReturnType<typeof saidAt> {
  document.body.innerHTML = markup
  const path: EventTarget[] = []
  let at: Element = document.body.querySelector('[data-at]') ?? document.body.firstElementChild!
  for (; at !== document.documentElement; at = at.parentElement!) path.push(at)
  return saidAt([...path, document, window])
}

describe('what a press says', () => {
  it.each([
    ['<button>Send</button>', 'sends'], ['<button>Senden</button>', 'sends'], ['<div role="button" aria-label="Send (Ctrl-Enter)"></div>', 'sends'],
    ['<button aria-label="Send"><svg data-at></svg></button>', 'sends'], ['<a href="#">Send it</a>', 'sends'],
    ['<div role="button" aria-label="Discard draft"><div><img data-at alt=""></div></div>', 'stays'], ['<img alt="Save & close">', 'stays'], ['<button>Entwurf speichern</button>', 'stays'],
    ['<button title="Clear"><i data-at></i></button>', 'stays'],
    ['<button>Cancel send</button>', 'other'], ['<button>Next</button>', 'other'], ['<a href="#">Inbox</a>', 'other'], ['<button role="tab"><svg data-at></svg></button>', 'other'],
    ['<p>Some words</p>', 'other'], ['<div></div>', 'other'],
    ['<button><svg data-at></svg></button>', 'nothing'], ['<span class="icon"></span>', 'nothing'], ['<svg></svg>', 'nothing'],
  ])('%s: %s', (markup, said) => {
    expect(press(markup).said).toBe(said)
  })
})

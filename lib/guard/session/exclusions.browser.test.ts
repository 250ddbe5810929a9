import { beforeEach, describe, expect, it } from 'vitest'
import { editorFor } from '../../editors/index.ts'
import { Exclusions } from './exclusions.ts'

const host = () => document.querySelector('#body') as HTMLElement
const part = (selector: string) => document.querySelector(selector) as HTMLElement
const read = (exclusions: Exclusions) => editorFor(host()).read(host(), exclusions.in(host())).text

beforeEach(() => {
  document.body.innerHTML = `<div id="body" contenteditable><div>Hello Marta,</div><div class="signature"><div>Dana Whitfield</div><div id="team">Customer team</div></div><blockquote class="quote"><div>We guarantee delivery.</div><div>Kind regards</div></blockquote></div>`
})

describe('Exclusions', () => {
  const open = () => {
    const exclusions = new Exclusions('.signature, .quote')
    expect(read(exclusions)).toBe('Hello Marta,')
    return exclusions
  }

  it('leaves out what stood there from the start', () => {
    open()
  })

  it('reads what was pasted into a signature', () => {
    const exclusions = open()
    part('#team').append(' and get 20% off')
    expect(read(exclusions)).toBe('Hello Marta,\nCustomer team and get 20% off')
  })

  it('reads an answer written into a quote, and not the quote around it', () => {
    const exclusions = open()
    part('.quote').insertAdjacentHTML('afterbegin', '<div>We promise that.</div>')
    expect(read(exclusions)).toBe('Hello Marta,\nWe promise that.')
  })

  it('does not call a shortened quote new words', () => {
    const exclusions = open()
    part('.quote > div').remove()
    expect(read(exclusions)).toBe('Hello Marta,')
  })

  it('leaves out a quote that was opened later', () => {
    const exclusions = open()
    host().insertAdjacentHTML('beforeend', '<div class="quote">Older: 50% off</div>')
    expect(read(exclusions)).toBe('Hello Marta,')
  })
})

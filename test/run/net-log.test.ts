import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { requestsIn, strayRequests } from './net-log.mjs'

const folder = mkdtempSync(join(tmpdir(), 'countersign-net-log-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const HEAD = '{"constants":{"logEventTypes":{"URL_REQUEST_START_JOB":7,"REQUEST_ALIVE":1}},\n"events": [\n'
const event = (type: number, url: string, initiator: string) => `${JSON.stringify({ type, params: { url, initiator } })}`
const log = (text: string): string => {
  const file = join(folder, 'log.json')
  writeFileSync(file, text)
  return file
}
const OURS = 'chrome-extension://abc'
const EVENTS = [event(1, 'https://noise.example/', OURS), event(7, 'https://one.example/a?b', OURS), event(7, 'https://two.example/', 'http://127.0.0.1:5000'), event(7, 'https://update.example/', 'not an origin'), event(7, 'http://127.0.0.1:5000/x', 'http://127.0.0.1:5000')]

describe('the record of requests', () => {
  it('tells who asked what, of the whole log and of one without an end', () => {
    const whole = requestsIn(log(`${HEAD}${EVENTS.join(',\n')}],\n"polledData": {}}`))
    expect(whole).toHaveLength(4)
    expect(whole[0]).toEqual({ url: 'https://one.example/a?b', initiator: OURS })
    expect(requestsIn(log(`${HEAD}${EVENTS.join(',\n')},\n{"type":7,"par`))).toEqual(whole)
  })

  it('names what the extension asked without leave, and pages that left this computer', () => {
    const requests = requestsIn(log(`${HEAD}${EVENTS.join(',\n')}]}`))
    expect(strayRequests(requests)).toEqual([`${OURS} asked https://one.example`, 'http://127.0.0.1:5000 asked https://two.example'])
    expect(strayRequests(requests, ['https://one.example'])).toEqual(['http://127.0.0.1:5000 asked https://two.example'])
  })
})

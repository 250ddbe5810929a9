import { readFileSync } from 'node:fs'

/** Arguments that make the browser write down every request of every page, frame, worker and extension. */
export const netLogArgs = (file) => [`--log-net-log=${file}`]

/**
 * The requests in the browser's own log: `{ url, initiator }`, the initiator an origin, or null for the browser itself (its update and account checks).
 * Read to where it goes: a browser that was killed leaves the log without its end. @throws where it is no such log
 */
export function requestsIn(file) {
  const text = readFileSync(file, 'utf8')
  const { constants, events } = parse(text)
  const start = constants.logEventTypes.URL_REQUEST_START_JOB
  return events.flatMap(({ type, params }) => (type === start && params?.url ? [{ url: params.url, initiator: /^[a-z-]+:\/\//.test(params.initiator ?? '') ? params.initiator : null }] : []))
}

function parse(text) {
  try {
    return JSON.parse(text)
  } catch {
    return JSON.parse(`${text.slice(0, text.lastIndexOf('},\n') + 1)}]}`)
  }
}

const isHere = (url) => ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname)
const isWeb = (url) => /^(https?|wss?):/.test(url)

/**
 * What should not have been asked: anything the extension asked of the web beyond `allowed` (origins), and anything that a page, which is on this computer,
 * asked of another one. One line each.
 */
export function strayRequests(requests, allowed = []) {
  return requests
    .filter(({ url, initiator }) => initiator !== null && isWeb(url) && (initiator.startsWith('chrome-extension:') ? !allowed.includes(new URL(url).origin) : !isHere(url)))
    .map(({ url, initiator }) => `${initiator} asked ${new URL(url).origin}`)
}

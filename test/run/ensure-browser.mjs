import { existsSync, readFileSync } from 'node:fs'
import { findBrowser, findFirefox } from './find-browser.mjs'
import { during, runProgram } from './processes.mjs'

/**
 * Path of a Chromium-family browser. On Debian and Ubuntu as root the `chromium` package is installed when there is none; everywhere else the person is told what to install.
 */
export function ensureBrowser() {
  return ensure(findBrowser, ['chromium', 'fonts-liberation'], 'No Chrome, Chromium or Edge was found: install one of them, or set CHROME_PATH to the program, and run this again.')
}

/** The same for Firefox, 140 or newer. */
export function ensureFirefox() {
  return ensure(findFirefox, ['firefox-esr'], 'No Firefox was found: install it, or set FIREFOX_PATH to the program, and run this again.')
}

async function ensure(find, packages, otherwise) {
  const found = find()
  if (found) return found
  if (isDebian() && process.getuid?.() === 0) {
    const env = { DEBIAN_FRONTEND: 'noninteractive' }
    const { code, output } = await during(`No browser here: installing the ${packages[0]} package`, async () => {
      await runProgram('apt-get', ['update', '-qq'], { quiet: true, env })
      return runProgram('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { quiet: true, env })
    })
    const now = find()
    if (now) return now
    if (code !== 0) console.error(output.trim().split('\n').slice(-5).join('\n'))
  }
  console.error(otherwise)
  process.exit(1)
}

export function isDebian() {
  if (process.platform !== 'linux' || !existsSync('/etc/os-release')) return false
  return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(readFileSync('/etc/os-release', 'utf8'))
}

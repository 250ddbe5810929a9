import { existsSync, readFileSync } from 'node:fs'
import { findBrowser } from './find-browser.mjs'
import { during, runProgram } from './processes.mjs'

/**
 * Path of a Chromium-family browser. On Debian and Ubuntu as root the `chromium` package is installed when there is none; everywhere else the person is told what to install.
 */
export async function ensureBrowser() {
  const found = findBrowser()
  if (found) return found
  if (isDebian() && process.getuid?.() === 0) {
    const env = { DEBIAN_FRONTEND: 'noninteractive' }
    const { code, output } = await during('No browser here: installing the chromium package', async () => {
      await runProgram('apt-get', ['update', '-qq'], { quiet: true, env })
      return runProgram('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-liberation'], { quiet: true, env })
    })
    const now = findBrowser()
    if (now) return now
    if (code !== 0) console.error(output.trim().split('\n').slice(-5).join('\n'))
  }
  console.error('No Chrome, Chromium or Edge was found: install one of them, or set CHROME_PATH to the program, and run this again.')
  process.exit(1)
}

export function isDebian() {
  if (process.platform !== 'linux' || !existsSync('/etc/os-release')) return false
  return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(readFileSync('/etc/os-release', 'utf8'))
}

import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** Path of a Chromium-family browser: `CHROME_PATH`, then the usual places of Chrome, Chromium and Edge. Null when there is none. */
export function findBrowser(env = process.env, platform = process.platform) {
  const { CHROME_PATH, LOCALAPPDATA, PROGRAMFILES, HOME } = env
  const places = {
    linux: ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/snap/bin/chromium', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable', '/opt/google/chrome/chrome', '/usr/bin/microsoft-edge'],
    darwin: ['/Applications', join(HOME ?? '', 'Applications')].flatMap((root) => [
      `${root}/Chromium.app/Contents/MacOS/Chromium`, `${root}/Google Chrome.app/Contents/MacOS/Google Chrome`, `${root}/Microsoft Edge.app/Contents/MacOS/Microsoft Edge`,
    ]),
    win32: [PROGRAMFILES, env['PROGRAMFILES(X86)'], LOCALAPPDATA].filter(Boolean).flatMap((root) => [
      join(root, 'Chromium', 'Application', 'chrome.exe'), join(root, 'Google', 'Chrome', 'Application', 'chrome.exe'), join(root, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
    ]),
  }
  return [CHROME_PATH, ...(places[platform] ?? [])].find((path) => path && existsSync(path)) ?? null
}

/** Path of Firefox: `FIREFOX_PATH`, then the usual places. Null when there is none. */
export function findFirefox(env = process.env, platform = process.platform) {
  const places = {
    linux: ['/usr/bin/firefox-esr', '/usr/bin/firefox', '/snap/bin/firefox'],
    darwin: ['/Applications', join(env['HOME'] ?? '', 'Applications')].map((root) => `${root}/Firefox.app/Contents/MacOS/firefox`),
    win32: [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']].filter(Boolean).map((root) => join(root, 'Mozilla Firefox', 'firefox.exe')),
  }
  return [env['FIREFOX_PATH'], ...(places[platform] ?? [])].find((path) => path && existsSync(path)) ?? null
}

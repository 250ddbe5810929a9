// Makes public/icon/<size>.png from public/icon/countersign.svg with a local Chromium. Run by hand after the drawing changes:
//   CHROME_PATH=/usr/bin/chromium node components/shell/icons/make.mjs
import { readFile, writeFile } from 'node:fs/promises'
import { chromium } from 'playwright-core'

const SIZES = [16, 32, 48, 96, 128]
const folder = new URL('../../../public/icon/', import.meta.url)
const svg = await readFile(new URL('countersign.svg', folder), 'utf8')
const browser = await chromium.launch({ executablePath: process.env.CHROME_PATH ?? '/usr/bin/chromium', chromiumSandbox: false })
const page = await browser.newPage()
for (const size of SIZES) {
  await page.setViewportSize({ width: size, height: size })
  const sized = svg.replace('width="128" height="128"', `width="${size}" height="${size}" style="display:block"`)
  await page.setContent(`<body style="margin:0;background:transparent">${sized}</body>`)
  await writeFile(new URL(`${size}.png`, folder), await page.screenshot({ omitBackground: true }))
}
await browser.close()

import { killWorker, openOwn } from '../../e2e/harness/person.ts'
import { figure, median, quantile } from '../figures.mjs'

const STARTS = 20

/** How long a page of ours waits for the worker's answer: one that runs, and one that the browser had stopped and starts for it. */
export async function workerRows(stage) {
  const page = await openOwn(stage.launched, 'welcome.html')
  const ask = () => page.evaluate(async (envelope) => {
    const start = performance.now()
    const reply = await chrome.runtime.sendMessage(envelope)
    if (!reply?.ok) throw new Error(`The worker said ${JSON.stringify(reply)}`)
    return performance.now() - start
  }, { countersign: 1, kind: 'record/recall', body: { site: 'gmail', fingerprints: [] } })
  const [cold, warm] = [[], []]
  for (let round = 0; round < STARTS; round += 1) {
    if (!(await killWorker(stage.launched))) throw new Error('There was no worker to stop')
    await page.waitForTimeout(300)
    cold.push(await ask())
    warm.push(await ask())
    await page.waitForTimeout(300)
  }
  await page.close()
  return [
    figure('answer of a worker that runs, p95', quantile(warm, 0.95), null, 'ms'),
    figure('answer of a worker that has to start, median', median(cold), null, 'ms'),
    figure('answer of a worker that has to start, p95', quantile(cold, 0.95), null, 'ms'),
  ]
}

import { bundleEditors } from './build.mjs'

/** Once before the browser tests: the real editors, each as one file. */
export default async function setup(): Promise<void> {
  if (!(await bundleEditors())) console.warn('The real editors are not installed, their contracts are skipped: npm run test:contracts installs them.')
}

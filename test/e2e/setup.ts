import { buildExtension } from '../run/build.mjs'

/** Once before all end-to-end tests: the build that they drive, unless the caller says that it is there. */
export default async function setup(): Promise<void> {
  if (!process.env['COUNTERSIGN_PREBUILT']) await buildExtension('chrome')
}

import { writeFileSync } from 'node:fs'

/** Vitest reporter that writes the figures of a run to the file named by `COUNTERSIGN_COUNTS`: passed, failed, and skipped ones with their reasons. */
export default class CountReporter {
  onTestRunEnd(modules, errors) {
    const counts = { passed: 0, failed: 0, skipped: [] }
    for (const module of modules) {
      let tests = 0
      for (const test of module.children.allTests()) {
        tests += 1
        const { state, note } = test.result()
        if (state === 'passed') counts.passed += 1
        else if (state === 'failed') counts.failed += 1
        else counts.skipped.push({ name: `${module.relativeModuleId ?? module.moduleId}: ${test.fullName}`, reason: note ?? '' })
      }
      // A file that does not even load has no tests, and must not count as nothing.
      if (module.state() === 'failed' && (tests === 0 || module.errors().length)) counts.failed += 1
    }
    counts.failed += errors.length
    writeFileSync(process.env['COUNTERSIGN_COUNTS'], JSON.stringify(counts))
  }
}

export * from './types.ts'
export * from './core.ts'
export { startGuard, type GuardOptions } from './start.ts'
export { randomId } from './random.ts'

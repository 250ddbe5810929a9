// What content scripts and pages use. The router and its Zod schemas are in `router.ts`, imported by the worker alone.
export * from './protocol.ts'
export * from './client.ts'
export * from './guard-port.ts'
export * from './side.ts'
export * from './sites.ts'
export * from './succession.ts'

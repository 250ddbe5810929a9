import { createElement, lazy, Suspense, type ComponentType, type ReactNode } from 'react'
import { useSeen } from './useSeen.ts'

/** A part far down on its page, with code that the rest has no need of: loaded once what stands above it is seen, `waiting` in its place until then. */
export function laterPart<Props extends object>(load: () => Promise<ComponentType<Props>>, waiting: ReactNode): ComponentType<Props> {
  const Part: ComponentType<Props> = lazy(() => load().then((part) => ({ default: part })))
  return function Later(props: Props): ReactNode {
    const seen = useSeen(true)
    return seen ? <Suspense fallback={waiting}>{createElement(Part, props)}</Suspense> : waiting
  }
}

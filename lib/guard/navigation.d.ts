// The part of the Navigation API that the gate uses; TypeScript 5.9 does not carry it.
interface NavigateEvent extends Event {
  readonly formData: FormData | null
  readonly sourceElement?: Element | null
}
interface Navigation extends EventTarget {
  addEventListener(type: 'navigate', listener: (event: NavigateEvent) => void, options?: AddEventListenerOptions): void
}

import type { Page } from 'playwright-core'

/** An element of Countersign's interface; place and size in CSS pixels of the page's viewport. */
export interface SurfaceBox {
  readonly nodeId: number
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** All elements of our interface that match and are painted, in reading order. */
export function findAllInSurface(page: Page, selector: string): Promise<SurfaceBox[]>
/** The first element that matches; null while it is not painted. */
export function findInSurface(page: Page, selector: string): Promise<SurfaceBox | null>
/** Waits (ms, default 5000) until something matches; throws with the selector when it does not come. */
export function waitInSurface(page: Page, selector: string, timeout?: number): Promise<SurfaceBox>
/** Waits (ms, default 5000) until nothing matches any more. */
export function waitGoneFromSurface(page: Page, selector: string, timeout?: number): Promise<void>
/** Presses the middle of an element with the real pointer, once it stands still. */
export function clickInSurface(page: Page, selector: string, timeout?: number): Promise<void>
/** Visible text of the first match, '' when there is none. */
export function textOfSurface(page: Page, selector?: string): Promise<string>
/** An attribute of the first match; null when there is no match or no such attribute. */
export function attributeInSurface(page: Page, selector: string, name: string): Promise<string | null>
/** True when the keyboard focus is on or in the first match. */
export function hasFocusInSurface(page: Page, selector: string): Promise<boolean>
/** What a function, given as its source and called on the first match, answers; `otherwise` when there is no match. */
export function askSurface<T>(page: Page, selector: string, functionDeclaration: string, otherwise: T): Promise<T>

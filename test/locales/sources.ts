import { readFileSync, readdirSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

export interface Source { readonly path: string; readonly text: string }

/** Files of what people see and of what stands behind it, without tests and their fixtures; paths from the root, with `/`. */
export function sources(folders: readonly string[], endings: RegExp): Source[] {
  return folders.flatMap((folder) => readdirSync(join(ROOT, folder), { recursive: true }).map((file) => join(ROOT, folder, String(file))))
    .map((file) => ({ file, path: relative(ROOT, file).split(sep).join('/') }))
    .filter(({ path }) => endings.test(path) && !/\.test\.|\/fixtures\//.test(path))
    .map(({ file, path }) => ({ path, text: readFileSync(file, 'utf8') }))
}

/** Attributes that are read out or shown. */
const SHOWN = ['aria-label', 'aria-description', 'aria-roledescription', 'aria-valuetext', 'aria-placeholder', 'title', 'placeholder', 'alt', 'label', 'why', 'text', 'heading', 'hint']
/** Properties that put text before a person when written to. */
const WRITTEN = ['textContent', 'innerText', 'innerHTML', 'outerHTML', 'ariaLabel', 'title', 'placeholder', 'alt']
/** Functions that show their argument. */
const SAID = ['alert', 'confirm', 'prompt']

/** Words: two letters in a row, outside of an address, a file of ours, a code or a name that is the same in all languages. */
const SAME_EVERYWHERE = /https?:\S*|\S+@\S+|^format: \d\n[\s\S]*|\b(Countersign|CS1|YAML|JSON|CSV|F8|Esc|Enter|Ctrl|Shift|Alt|Cmd|Tab)\b/g
const hasWords = (text: string): boolean => /\p{L}{2}/u.test(text.replace(SAME_EVERYWHERE, ''))

/** Text in a source that a person would read and that is not from `_locales`, as `path:line: text`. */
export function hardCoded({ path, text }: Source): string[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS)
  const found: string[] = []
  const note = (node: ts.Node, words: string): void => {
    if (hasWords(words)) found.push(`${path}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}: ${words.trim()}`)
  }
  const literals = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) note(node, node.text)
    else if (ts.isTemplateExpression(node)) [node.head, ...node.templateSpans.map(({ literal }) => literal)].forEach((part) => { note(part, part.text) })
    else if (ts.isConditionalExpression(node)) [node.whenTrue, node.whenFalse].forEach(literals)
    else if (ts.isBinaryExpression(node)) [node.left, node.right].forEach((side) => { if (!isComparison(node)) literals(side) })
    else if (ts.isParenthesizedExpression(node) || ts.isJsxExpression(node)) { if (node.expression) literals(node.expression) }
  }
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node)) note(node, node.text)
    if (ts.isJsxExpression(node) && (ts.isJsxElement(node.parent) || ts.isJsxFragment(node.parent))) literals(node)
    if (ts.isJsxAttribute(node) && SHOWN.includes(node.name.getText()) && node.initializer) literals(node.initializer)
    if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken && ts.isPropertyAccessExpression(node.left) && WRITTEN.includes(node.left.name.text)) literals(node.right)
    if (ts.isCallExpression(node)) {
      const name = node.expression.getText().split('.').at(-1) ?? ''
      if (SAID.includes(name)) node.arguments.forEach(literals)
      const [attribute, value] = node.arguments
      if (name === 'setAttribute' && attribute && value && ts.isStringLiteralLike(attribute) && SHOWN.includes(attribute.text)) literals(value)
    }
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}

function isComparison({ operatorToken }: ts.BinaryExpression): boolean {
  return [ts.SyntaxKind.EqualsEqualsEqualsToken, ts.SyntaxKind.ExclamationEqualsEqualsToken, ts.SyntaxKind.LessThanToken, ts.SyntaxKind.GreaterThanToken].includes(operatorToken.kind)
}

/** Words in an HTML page that are not in a tag, a script or a style; the title of a page is set by its script. */
export function hardCodedHtml({ path, text }: Source): string[] {
  const body = text.replace(/<!--[\s\S]*?-->|<(script|style|title)\b[\s\S]*?<\/\1>/g, '')
  const between = body.replace(/<[^>]*>/g, '\n').split('\n')
  const attributes = [...body.matchAll(/\b(?:alt|title|placeholder|aria-label)="([^"]*)"/g)].map(([, words]) => words ?? '')
  return [...between, ...attributes].filter(hasWords).map((words) => `${path}: ${words.trim()}`)
}

/** Texts of keys as they stand in a source: whole ones, and the fixed beginnings of those that are put together. */
export function keysIn({ text }: Source): { readonly whole: readonly string[]; readonly beginnings: readonly string[] } {
  const whole = [...text.matchAll(/['"`]([a-z]\w+)['"`]/g)].map(([, key]) => key ?? '')
  const beginnings = [...text.matchAll(/`([a-z]\w+)\$\{/g)].map(([, key]) => key ?? '')
  return { whole, beginnings }
}

import { describe, expect, it } from 'vitest'
import { scanHtml } from './index.ts'

/** What was reported, in order: tags with their attributes, ends, and text as it stands. */
function read(html: string, limit?: number): string[] {
  const seen: string[] = []
  scanHtml(html, {
    start: ({ name, attributes }) => seen.push(`<${[name, ...[...attributes].map(([key, value]) => `${key}=[${value}]`)].join(' ')}>`),
    end: (name) => seen.push(`</${name}>`),
    text: (start, end) => seen.push(html.slice(start, end)),
  }, limit)
  return seen
}

describe('attributes', () => {
  it.each([
    ['blanks before the sign', '<p a ="1" b\n\t= 2>', '<p a=[1] b=[2]>'],
    ['blanks after the sign', '<p a= "1" b=\r\n\f 2 c= \'3\'>', '<p a=[1] b=[2] c=[3]>'],
    ['blanks before the end', '<p a="1"  \n>', '<p a=[1]>'],
    ['no value', '<p a b = c>', '<p a=[] b=[c]>'],
    ['an empty value', '<p a="" b=\'\' c>', '<p a=[] b=[] c=[]>'],
    ['the other quotation mark in a value', `<p a="it's" b='so "so"'>`, `<p a=[it's] b=[so "so"]>`],
    ['signs of tags in a value', '<p a="x>y</p>" b=<b>', '<p a=[x>y</p>] b=[<b]>'],
    ['a slash in a value without quotation marks', '<a href=/a/b/>', '<a href=[/a/b/]>'],
    ['slashes between them', '<p/a=1/b="2"/c/>', '<p a=[1/b="2"/c/]>'],
    ['slashes after names', '<p/a/b/>', '<p a=[] b=[]>'],
    ['no blank between them', '<p a="1"b=\'2\'c>', '<p a=[1] b=[2] c=[]>'],
    ['capitals in names', '<P Data-X="Y">', '<p data-x=[Y]>'],
    ['one name twice', '<p a=1 A=2>', '<p a=[1]>'],
    ['a stray sign, which begins a name', '<p =a=1 ==2>', '<p =a=[1] ==[2]>'],
    ['letters beyond ASCII', '<p \u0080=\u0080 é=ü>', '<p \u0080=[\u0080] é=[ü]>'],
  ])('are read with %s', (_, html, tag) => { expect(read(html)).toEqual([tag]) })

  it('end where the input ends', () => {
    expect(read('<p a="1" b="2')).toEqual(['<p a=[1] b=[2]>'])
    expect(read('<p a=')).toEqual(['<p a=[]>'])
    expect(read('<p a =')).toEqual(['<p a=[]>'])
  })
})

describe('tags', () => {
  it('say where they end', () => {
    const ends: number[] = []
    for (const html of ['<p>x', '<p a="1" >x', '<p a', '<p']) scanHtml(html, { start: ({ end }) => ends.push(end) })
    expect(ends).toEqual([3, 10, 4, 2])
  })

  it('begin with a letter', () => {
    expect(read('a<1>b< p>c<@>d<[>e<`>f<{>g')).toEqual(['a', '<', '1>b', '<', ' p>c', '<', '@>d', '<', '[>e', '<', '`>f', '<', '{>g'])
    expect(read('<a><z><A><Z>')).toEqual(['<a>', '<z>', '<a>', '<z>'])
  })

  it('that end an element have a name only', () => {
    expect(read('x</P >y</b class="a">z</i/>')).toEqual(['x', '</p>', 'y', '</b>', 'z', '</i>'])
  })

  it('that are none are passed over', () => {
    expect(read('a</ p>b</1>c<!doctype html>d<?xml version="1"?>e<!>f')).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
  })
})

describe('comments', () => {
  it('end with two dashes and an angle, or where the input ends', () => {
    expect(read('a<!-- <p> > -- > -->b')).toEqual(['a', 'b'])
    expect(read('a<!---->b')).toEqual(['a', 'b'])
    expect(read('a<!-- <p>')).toEqual(['a'])
  })
})

describe('elements whose content is not markup', () => {
  it.each(['script', 'style', 'textarea', 'title', 'xmp', 'noembed', 'noframes', 'iframe', 'plaintext'])('are passed over: %s', (name) => {
    expect(read(`<${name} a=1><p>x</p></${name}>y`)).toEqual([`<${name} a=[1]>`, `</${name}>`, 'y'])
  })

  it('end with their own name as a whole, in any case, and with blanks or attributes', () => {
    expect(read('<script></scripts></scrip></ script><p></SCRIPT x>y')).toEqual(['<script>', '</script>', 'y'])
    for (const sign of [' ', '\n', '/', '>']) expect(read(`<style>a</style${sign}>`).slice(0, 2)).toEqual(['<style>', '</style>'])
    expect(read('<script>a</script')).toEqual(['<script>'])
    expect(read('<script>a')).toEqual(['<script>'])
  })
})

describe('a limit', () => {
  it('is where the input ends', () => {
    expect(read('ab<p c="d">e', 12)).toEqual(['ab', '<p c=[d]>', 'e'])
    expect(read('ab<p c="d">e', 9)).toEqual(['ab', '<p c=[d]>'])
    expect(read('ab<p c="d">e', 8)).toEqual(['ab', '<p c=[]>'])
    expect(read('ab<p c="d">e', 1)).toEqual(['a'])
    expect(read('ab<p c="d">e', 0)).toEqual([])
    expect(read('ab', 99)).toEqual(['ab'])
  })
})

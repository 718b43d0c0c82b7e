"""Select words in a page as a hand would, and wait until the page has noticed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["select"]

_SELECT = """([selector, words]) => {
  const walker = document.createTreeWalker(document.querySelector(selector), NodeFilter.SHOW_TEXT)
  const nodes = []
  let all = ''
  while (walker.nextNode()) {
    nodes.push([walker.currentNode, all.length])
    all += walker.currentNode.data
  }
  const at = all.indexOf(words)
  const place = (index, last) => {
    const [node, start] = nodes.findLast(([, from]) => last ? from < index : from <= index)
    return [node, index - start]
  }
  const range = document.createRange()
  range.setStart(...place(at, false))
  range.setEnd(...place(at + words.length, true))
  getSelection().removeAllRanges()
  getSelection().addRange(range)
}"""


def select(page: Page, selector: str, words: str) -> None:
    """Select words in the first element that a selector finds."""
    page.locator(selector).first.wait_for()
    page.evaluate(_SELECT, [selector, words])

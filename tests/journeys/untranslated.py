"""Finds English words on a Hebrew or Arabic page that the site itself wrote."""

import re

from playwright.sync_api import Page

# Names, formats and codes that are written alike in every language.
ALIKE = {
    *("Stripe", "SANDBOX", "CSV", "JavaScript", "Escape", "ISIC", "IBAN", "PDF", "UTC"),
    "English",  # in the choice of languages each is named in itself
    *("JPEG", "PNG", "WebP", "AVIF", "USD", "EUR", "ILS", "JOD"),
}
# What people wrote is marked as theirs: by <bdi> or by a language of its own.
COLLECT = """() => {
  const own = document.documentElement.lang;
  const theirs = `bdi, code, pre, script, style, [lang]:not([lang="${own}"])`;
  const said = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode;
    if (text.parentElement && !text.parentElement.closest(theirs)) said.push(text.data);
  }
  for (const name of ["aria-label", "alt", "title", "placeholder", "data-label"])
    for (const e of document.body.querySelectorAll(`[${name}]`))
      if (!e.closest(theirs)) said.push(e.getAttribute(name));
  said.push(document.title);
  return said;
}"""
WORD = re.compile(r"[A-Za-z][A-Za-z'’-]+")


def english_on(page: Page) -> list[str]:
    """The texts with English in them; none on a page that is all translated."""
    return _in_english(page.evaluate(COLLECT))


def english_in(page: Page, pieces: str) -> list[str]:
    """The same of some pieces of a page, where what people wrote is not marked."""
    return _in_english(page.locator(pieces).all_inner_texts())


def _in_english(texts: list[str]) -> list[str]:
    return [
        " ".join(text.split())
        for text in texts
        if any(word not in ALIKE for word in WORD.findall(text))
    ]

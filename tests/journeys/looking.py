"""Looks at a page as several readers would: sizes, schemes, axe, a picture."""

import os
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).with_name("axe") / "axe.min.js"
PHONE, DESKTOP, NARROWEST = 390, 1360, 320
# Colours change with the scheme and nothing else does, places with the size: the gate
# looks at each size in one scheme, and at the pages in Arabic the other way round.
SCHEMES = {PHONE: "light", DESKTOP: "dark"}
TURNED = {PHONE: "dark", DESKTOP: "light"}
LOOKS_AT_ALL = os.environ.get("LOOK_AT") == "all"
HEIGHT = {NARROWEST: 640, PHONE: 844, DESKTOP: 900}
# All of axe's rules but the experimental ones, and the size of targets besides. The dark
# scheme changes colours and nothing else, so in the gate only their rules run there.
RUN_AXE = """([part, onlyColours]) => axe.run(part, {
  resultTypes: ["violations"],
  preload: false,
  ...(onlyColours
    ? { runOnly: { type: "rule", values: ["color-contrast", "link-in-text-block"] } }
    : { rules: { "target-size": { enabled: true } } }),
})"""
IS_TOO_WIDE = """() => {
  const root = document.scrollingElement;
  if (root.scrollWidth <= root.clientWidth) return null;
  const out = [...document.body.querySelectorAll("*")].filter((e) => {
    const box = e.getBoundingClientRect();
    return box.width && (box.right > root.clientWidth + 1 || box.left < -1);
  });
  return `${root.scrollWidth} > ${root.clientWidth}: ` +
    out.slice(0, 4).map((e) => `${e.localName}.${e.className}`).join(", ");
}"""


@cache
def _axe_source() -> str:
    return AXE.read_text(encoding="utf-8")


def faults_of(page: Page, name: str, part: str = "html") -> list[str]:
    """What axe and the ruler find at two sizes in their schemes, one line each.

    `part` is the selector of what axe looks at.

    With LOOK_AT=all in the environment, at each size in both schemes; with SCREENSHOTS,
    a picture of each is left in that folder.
    """
    page.emulate_media(reduced_motion="reduce")
    faults = []
    for width in (PHONE, DESKTOP):
        _resize(page, width)
        for scheme in _schemes(width, name):
            page.emulate_media(color_scheme=scheme)
            where = f"{name} at {width} px, {scheme}"
            faults += [f"{where}: {fault}" for fault in barriers_in(page, part, scheme)]
            _take_picture(page, f"{name}-{width}-{scheme}")
        faults += _too_wide(page, f"{name} at {width} px")
    page.emulate_media(color_scheme="light")
    _resize(page, NARROWEST)
    faults += _too_wide(page, f"{name} at {NARROWEST} px")
    _resize(page, DESKTOP)
    return faults


def _schemes(width: int, name: str) -> tuple[str, ...]:
    if LOOKS_AT_ALL:
        return ("light", "dark")
    return ((TURNED if name.startswith("ar-") else SCHEMES)[width],)


def _resize(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": HEIGHT[width]})


def barriers_in(page: Page, part: str, scheme: str = "light") -> list[str]:
    """What axe finds in the part of a page that a selector names, one line each."""
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(_axe_source())
    only_colours = scheme == "dark" and not LOOKS_AT_ALL
    found: dict[str, Any] = page.evaluate(RUN_AXE, [part, only_colours])
    return [
        f"{rule['id']} ({rule['impact']}): "
        + "; ".join(f"{node['target']} {_why(node)}" for node in rule["nodes"][:3])
        for rule in found["violations"]
    ]


def _why(node: dict[str, Any]) -> str:
    return " ".join(str(node.get("failureSummary", "")).split())[:200]


def _too_wide(page: Page, where: str) -> list[str]:
    wide = page.evaluate(IS_TOO_WIDE)
    return [f"{where}: scrolls sideways, {wide}"] if wide else []


def _take_picture(page: Page, name: str) -> None:
    folder = os.environ.get("SCREENSHOTS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)

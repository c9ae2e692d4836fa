"""A person without a pointer: every act of a member, done with keys alone."""

from playwright.sync_api import Locator

from tests.journeys.person import Person

MOST_STOPS = 300
# Where the focus is, as seen from where it shall be, and whether it can be seen there.
LOOK_FOR = """(wanted) => {
  const at = document.activeElement;
  if (at === wanted) return "here";
  if (at === document.body || at === document.documentElement) return "after";
  const side = at.compareDocumentPosition(wanted);
  return side & Node.DOCUMENT_POSITION_PRECEDING ? "before" : "after";
}"""
FAULT_OF_STOP = """() => {
  const at = document.activeElement;
  if (at === document.body || at === document.documentElement) return null;
  const called = `${at.localName}.${at.className}#${at.id}[${at.name ?? ""}]`;
  const ringed = (element) => {
    const style = element && getComputedStyle(element);
    return style && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  };
  // An input that draws nothing leaves the ring to its neighbour, or to its box.
  const box = at.closest(".search__box");
  if (![at, at.nextElementSibling, box].some(ringed)) return `${called}: no ring`;
  const { top, bottom, left, right } = at.getBoundingClientRect();
  const seen = bottom > 0 && top < innerHeight && right > 0 && left < innerWidth;
  return seen && right > left && bottom > top ? null : `${called}: out of sight`;
}"""


class AtTheKeyboard(Person):
    """Goes from stop to stop by Tab, and answers for what each stop looked like."""

    faults: set[str]

    def __post_init__(self) -> None:
        super().__post_init__()
        self.faults = set()

    def reach(self, wanted: Locator) -> None:
        """Tab until the focus is there, forward or back as the page is written."""
        handle = wanted.element_handle()
        for _ in range(MOST_STOPS):
            where = self.page.evaluate(LOOK_FOR, handle)
            if where == "here":
                return
            self.page.keyboard.press("Shift+Tab" if where == "before" else "Tab")
            if fault := self.page.evaluate(FAULT_OF_STOP):
                self.faults.add(fault)
        raise AssertionError(f"no key leads to {wanted}")

    def press(self, button: str | Locator) -> None:
        wanted = self.page.locator(button) if isinstance(button, str) else button
        self.reach(wanted)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.was_not_refused()

    def fill(self, **values: str) -> None:
        for name, value in values.items():
            self.reach(self.page.locator(f"main [name='{name}']"))
            self.page.keyboard.press("Control+A")
            self.page.keyboard.insert_text(value)

    def choose(self, **values: object) -> None:
        for name, value in values.items():
            select = self.page.locator(f"main select[name='{name}']")
            self.reach(select)
            steps: int = select.evaluate(
                "(s, value) => [...s.options].findIndex((o) => o.value === value)"
                " - s.selectedIndex",
                str(value),
            )
            for _ in range(abs(steps)):
                self.page.keyboard.press("ArrowDown" if steps > 0 else "ArrowUp")
            assert select.input_value() == str(value)

    def tick(self, name: str, value: str | None = None) -> None:
        suffix = f"[value='{value}']" if value else ""
        wanted = self.page.locator(f"main input[name='{name}']{suffix}")
        if wanted.is_checked():
            return
        if wanted.get_attribute("type") == "radio":
            self._choose_among(name, wanted)
        else:
            self.reach(wanted)
            self.page.keyboard.press("Space")
        assert wanted.is_checked()

    def _choose_among(self, name: str, wanted: Locator) -> None:
        """One stop for all radio buttons of a name; arrows go on from there."""
        group = self.page.locator(f"main input[name='{name}']")
        chosen = self.page.locator(f"main input[name='{name}']:checked")
        self.reach(chosen if chosen.count() else group.first)
        self.page.keyboard.press("Space")
        for _ in range(group.count()):
            if wanted.is_checked():
                return
            self.page.keyboard.press("ArrowDown")

"""One person at one browser: the acts of a member, done as a member does them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.urls import reverse
from django.utils import timezone, translation
from playwright.sync_api import Locator, Page, expect

from marketplace.listings.models import Listing
from marketplace.organisations.models import Organisation, Side
from marketplace.people.models import User
from marketplace.taxonomy.models import Capability, Place, Sector
from tests.factories import make_user
from tests.journeys.words import WORDS, Words

PASSWORD = "correct horse"
OLIVE_OIL = "1040"


@dataclass(frozen=True, slots=True)
class Part:
    """What somebody plays in a journey: where from, offering what for what."""

    name: str
    side: str
    place: str
    kind: str
    brings: tuple[str, ...]
    needs: tuple[str, ...]


PRESSER = Part(
    "press",
    side=Side.PALESTINIAN,
    place="nablus",
    kind="offer",
    brings=("olive-pressing", "bottling"),
    needs=("distribution", "export-paperwork"),
)
SELLER = Part(
    "shop",
    side=Side.ISRAELI,
    place="haifa",
    kind="need",
    brings=("distribution", "export-paperwork"),
    needs=("olive-pressing", "bottling"),
)


def make_account(language: str, **fields: object) -> User:
    """An account whose address was confirmed, which no journey waits for."""
    user = make_user(language=language, **fields)
    EmailAddress.objects.create(
        user=user, email=user.email, verified=True, primary=True
    )
    return user


@dataclass
class Person:
    """A signed-out member with a browser; `looking` sees the pages on the way."""

    page: Page
    language: str
    part: Part
    looking: Callable[[Page, str], object] = lambda page, name: None
    user: User = field(init=False)

    def __post_init__(self) -> None:
        self.user = make_account(self.language)

    @property
    def words(self) -> Words:
        return WORDS[self.part.name, self.language]

    def look(self, name: str) -> None:
        self.looking(self.page, f"{self.language}-{name}")

    # -- getting about --------------------------------------------------------

    def address(self, name: str, *args: object) -> str:
        with translation.override(self.language):
            return reverse(name, args=args)

    def go(self, name: str, *args: object, query: str = "") -> None:
        self.page.goto(self.address(name, *args) + query)

    def press(self, button: str | Locator) -> None:
        """Press what leads to another page, and wait for it."""
        where = self.page.locator(button) if isinstance(button, str) else button
        with self.page.expect_navigation():
            where.click()
        self.was_not_refused()

    def was_not_refused(self) -> None:
        refused = self.page.locator("main .field__error, main .form-errors")
        expect(refused).to_have_text([])

    def send(self) -> None:
        """Send the form of the page."""
        self.press("main form.form button[type=submit]")

    def fill(self, **values: str) -> None:
        for name, value in values.items():
            self.page.locator(f"main [name='{name}']").fill(value)

    def choose(self, **values: object) -> None:
        for name, value in values.items():
            self.page.locator(f"main select[name='{name}']").select_option(str(value))

    def tick(self, name: str, value: str | None = None) -> None:
        suffix = f"[value='{value}']" if value else ""
        self.page.locator(f"main input[name='{name}']{suffix}").check()

    # -- coming in ------------------------------------------------------------

    def sign_in(self) -> None:
        self.go("account_login")
        self.fill(login=self.user.email, password=PASSWORD)
        self.send()

    def register_organisation(self) -> None:
        self.go("organisations:register")
        self.look("organisation-form")
        words = self.words
        self.fill(alias=words.alias, descriptor=words.descriptor)
        self.fill(legal_name=words.legal_name)
        group = Sector.objects.get(code=OLIVE_OIL[:3])
        place = Place.objects.get(slug=self.part.place)
        self.choose(side=self.part.side, sector_1=group.pk, place=place.pk)
        self.tick("languages", self.language)
        self.send()

    @property
    def organisation(self) -> Organisation:
        return Organisation.objects.get(memberships__user=self.user)

    # -- a listing ------------------------------------------------------------

    def post_listing(self) -> None:
        """Write a listing and send it for review."""
        self.go("listings:create")
        self.look("listing-form")
        words = self.words
        self.tick("kind", self.part.kind)
        self.fill(title=words.title, summary=words.summary)
        sector = Sector.objects.get(code=OLIVE_OIL)
        place = Place.objects.get(slug=self.part.place)
        self.choose(sector_1=sector.pk, place=place.pk, reach="cross_border")
        self.tick("meets_online")
        for block, text in (("brings", words.brings), ("needs", words.needs)):
            self.fill(**{f"{block}-0-text": text})
            for row, slug in enumerate(getattr(self.part, block)):
                if row:
                    self.press(f"main button[name=add_row][value={block}]")
                capability = Capability.objects.get(slug=slug)
                self.choose(**{f"{block}-{row}-capability": capability.pk})
        self.press("main button[name=submit]")

    @property
    def listing(self) -> Listing:
        return Listing.objects.get(organisation=self.organisation)

    def card_of(self, listing: Listing) -> Locator:
        """The card of a listing on the page of results."""
        link = self.address("listings:detail", listing.public_id)
        return self.page.locator(
            "article.card", has=self.page.locator(f"a[href='{link}']")
        )

    def search(self) -> None:
        """Type what is missing, in the own language."""
        self.go("search:listings")
        self.fill(q=self.words.seeks)
        self.press("main .search__box button")
        # The live form may send itself as well: the page stands once both have come.
        self.page.wait_for_load_state("networkidle")

    # -- meeting ----------------------------------------------------------------

    def ask_for_introduction(self, card: Locator, own: Listing) -> None:
        self.press(card.locator(".card__actions a.btn--primary"))
        self.look("ask")
        self.fill(**self.words.answers)
        self.choose(own_listing=own.pk)
        self.press("main form.form button.btn--primary")

    def accept_introduction(self) -> None:
        self.press("main form[action$='/accept/'] button")

    def ask_one_question(self, text: str) -> None:
        self.press("main a[href$='/question/']")
        self.look("question")
        self.fill(text=text)
        self.send()

    def reply(self, text: str) -> None:
        self.fill(text=text)
        self.press("main form[action$='/reply/'] button[type=submit]")

    def agree_to(self, step: str) -> None:
        """Say yes to the next step on the page of the introduction."""
        self.press(f"main form[action$='/agree/{step}/'] button")

    def write(self, text: str) -> None:
        self.fill(text=text)
        self.press("main form[action$='/message/'] button[type=submit]")

    def write_and_be_warned(self, text: str, found: str) -> None:
        """What leads to somebody comes back once; sent again it is the writer's will."""
        self.fill(text=text)
        send = self.page.locator("main form[action$='/message/'] button[type=submit]")
        with self.page.expect_navigation():
            send.click()
        expect(self.page.locator("main .notice--warn bdi")).to_have_text(found)
        expect(self.page.locator(".thread")).not_to_contain_text(found)
        self.look("message-warned")
        self.tick("looked")
        self.press(send)
        expect(self.page.locator(".thread")).to_contain_text(found)

    # -- a venture --------------------------------------------------------------

    def fill_words_of_venture(self) -> None:
        """The text in the own language, which stands open and governs."""
        words, language = self.words, self.language
        self.fill(**{f"title_{language}": words.venture})
        self.fill(**{f"purpose_{language}": words.purpose})

    def propose_venture(
        self, shares: dict[Organisation, str], beside: "Person"
    ) -> None:
        """In the own language, which governs, and beside it in the other's."""
        self.press("main a[href*='/ventures/propose/']")
        self.fill_words_of_venture()
        other = WORDS[self.part.name, beside.language]
        part = self.page.locator(f"details:has([name=title_{beside.language}])")
        part.locator("summary").click()
        self.fill(**{f"title_{beside.language}": other.venture})
        self.fill(**{f"purpose_{beside.language}": other.purpose})
        self.look("propose")
        self.fill(starts_on=str(timezone.localdate() + timedelta(days=40)))
        for organisation, percent in shares.items():
            self.fill(**{f"share_{organisation.public_id.hex}": percent})
        self.send()

    def sign_venture(self) -> None:
        """Sign, and show once more who one is."""
        self.press("main form[action$='/sign/'] button")
        self.fill(password=PASSWORD)
        self.send()

    # -- paying -----------------------------------------------------------------

    def open_card_page(self) -> None:
        self.press("main form[action$='/pay/'] button")

    def pay_with(self, number: str) -> None:
        for name, value in (("number", number), ("valid", "12/34"), ("cvc", "123")):
            self.page.locator(f"#{name}").fill(value)
        self.press("form.form button[type=submit]")

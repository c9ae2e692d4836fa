"""The pieces editors build pages from; each has its template in `cms/blocks/`."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

from marketplace.listings.faces import faces_of
from marketplace.listings.models import Listing

RICH_TEXT = ["bold", "link", "ol", "ul", "h3"]
ICONS = [
    ("eye-off", _("Closed eye")),
    ("handshake", _("Handshake")),
    ("languages", _("Languages")),
    ("shield-check", _("Shield")),
    ("scale", _("Scales")),
    ("video", _("Camera")),
]


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("words"))
    source = blocks.CharBlock(label=_("who says it"), required=False)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "cms/blocks/quote.html"


class FigureBlock(blocks.StructBlock):
    image = ImageBlock(label=_("picture"))
    caption = blocks.CharBlock(label=_("caption"), required=False)

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "cms/blocks/figure.html"


class CallToActionBlock(blocks.StructBlock):
    """One sentence and one link: to a page here or to one of the site's own rooms."""

    PLACES = [
        ("search:listings", _("Listing search")),
        ("listings:create", _("Post a listing")),
        ("account_signup", _("Sign up")),
        ("listings:who_sees_what", _("Who sees what")),
    ]
    text = blocks.CharBlock(label=_("sentence"))
    label = blocks.CharBlock(label=_("words on the button"))
    page = blocks.PageChooserBlock(label=_("page"), required=False)
    place = blocks.ChoiceBlock(label=_("or place"), choices=PLACES, required=False)

    class Meta:
        icon = "arrow-right"
        label = _("Call to action")
        template = "cms/blocks/call_to_action.html"


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("title"))
    text = blocks.TextBlock(label=_("text"))


class StepsBlock(blocks.StructBlock):
    """Numbered steps side by side."""

    title = blocks.CharBlock(label=_("title"))
    steps = blocks.ListBlock(StepBlock(), label=_("steps"))

    class Meta:
        icon = "list-ol"
        label = _("Numbered steps")
        template = "cms/blocks/steps.html"


class PointBlock(blocks.StructBlock):
    icon = blocks.ChoiceBlock(label=_("icon"), choices=ICONS)
    title = blocks.CharBlock(label=_("title"))
    text = blocks.TextBlock(label=_("text"))


class PointsBlock(blocks.StructBlock):
    """What can be relied on: short points, each with an icon."""

    title = blocks.CharBlock(label=_("title"))
    points = blocks.ListBlock(PointBlock(), label=_("points"))

    class Meta:
        icon = "tick"
        label = _("Points")
        template = "cms/blocks/points.html"


class ListingsBlock(blocks.StructBlock):
    """The newest public listings, all or of one sector (an ISIC code or section)."""

    title = blocks.CharBlock(label=_("title"))
    sector = blocks.CharBlock(
        label=_("sector code"),
        required=False,
        max_length=4,
        help_text=_("ISIC Rev. 4, for example 10. Empty: every sector."),
    )
    number = blocks.IntegerBlock(
        label=_("how many"), default=3, min_value=1, max_value=12
    )

    class Meta:
        icon = "list-ul"
        label = _("Live listings")
        template = "cms/blocks/listings.html"

    def get_context(
        self, value: dict, parent_context: dict | None = None
    ) -> dict[str, object]:
        """Read as an anonymous reader: the page is the same for everybody."""
        context = super().get_context(value, parent_context)
        context["listings"] = faces_of(_newest(value["sector"], value["number"]), None)
        return context


def _newest(sector: str, number: int) -> list[Listing]:
    listings = Listing.objects.visible_to(None).with_face_parts()
    if sector:
        listings = listings.in_sector(sector).distinct()
    # Within a day no order but chance: the public id is random and stays.
    return list(listings.order_by("-published_on", "public_id")[:number])


class BodyBlock(blocks.StreamBlock):
    """The body of every editorial page."""

    heading = blocks.CharBlock(
        label=_("Heading"), icon="title", template="cms/blocks/heading.html"
    )
    text = blocks.RichTextBlock(
        label=_("Text"), features=RICH_TEXT, template="cms/blocks/text.html"
    )
    quote = QuoteBlock()
    figure = FigureBlock()
    call_to_action = CallToActionBlock()
    steps = StepsBlock()
    points = PointsBlock()
    listings = ListingsBlock()

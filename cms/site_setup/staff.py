"""The groups of staff, and the review that every listing goes through."""

from django.contrib.auth.models import Group, Permission
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
)

from marketplace.listings.review import ensure_review

REVIEWERS, EDITORS, FINANCE = "Reviewers", "Editors", "Finance"
FINANCE_LEAD = "Finance lead"  # beside Finance: what is above an officer's limit

# Named by app label and codename; a test says that each of them exists.
PERMISSIONS: dict[str, tuple[str, ...]] = {
    REVIEWERS: (
        "wagtailadmin.access_admin",
        "listings.view_listing",
        "listings.change_listing",
        "listings.publish_listing",
        "listings.view_removal",
        "listings.change_removal",
        "listings.view_report",
        "listings.change_report",
        "organisations.view_organisation",
        "organisations.change_organisation",
        "organisations.verify_organisation",
        "organisations.add_entitlement",
        "organisations.change_meetingrule",
        "facilitation.view_facilitator",
        "facilitation.add_facilitator",
        "facilitation.change_facilitator",
        "introductions.view_introduction",
        "introductions.view_concern",
        "introductions.change_concern",
        "ventures.view_jointventure",
        "ventures.view_lesson",
        "ventures.change_lesson",
        "taxonomy.view_sector",
        "taxonomy.change_sector",
        "taxonomy.view_capability",
        "taxonomy.change_capability",
        "taxonomy.view_place",
        "taxonomy.change_place",
        "taxonomy.view_lexiconentry",
        "taxonomy.add_lexiconentry",
        "taxonomy.change_lexiconentry",
        "search.view_indexchange",
        "search.view_curatedmatch",
        "notices.view_outgoingmail",
    ),
    EDITORS: ("wagtailadmin.access_admin", "wagtail_localize.submit_translation"),
    FINANCE: (
        "wagtailadmin.access_admin",
        "ventures.view_jointventure",
        "taxonomy.view_exchangerate",
        "taxonomy.add_exchangerate",
        "taxonomy.change_exchangerate",
        "payments.view_currency",
        "payments.view_feeschedule",
        "payments.add_feeschedule",
        "payments.change_feeschedule",
        "payments.view_fee",
        "payments.view_adjustment",
        "payments.add_adjustment",
        "payments.change_adjustment",
        "payments.view_plan",
        "payments.add_plan",
        "payments.change_plan",
        "payments.view_subscription",
        "payments.view_voucher",
        "payments.add_voucher",
        "payments.change_voucher",
        "payments.view_offlinepayment",
        "payments.add_offlinepayment",
        "payments.change_offlinepayment",
        "payments.view_discrepancy",
        "payments.change_discrepancy",
        "payments.view_share",
        "payments.view_refundrequest",
        "payments.add_refundrequest",
        "payments.change_refundrequest",
        "payments.view_dispute",
        "payments.view_document",
        "payments.view_bankline",
        "payments.change_bankline",
        "payments.add_bankimport",
        "payments.view_paymentattempt",
        "payments.view_ledgertransaction",
        "payments.view_ledgerentry",
        "payments.view_stripeevent",
    ),
    FINANCE_LEAD: (
        "wagtailadmin.access_admin",
        "ventures.view_jointventure",
        "ventures.change_jointventure",
        "payments.exceed_limit",
        "payments.void_fee",
        "payments.add_monthclose",
    ),
}
ON_PAGES = ("add_page", "change_page", "publish_page", "bulk_delete_page", "lock_page")
ON_IMAGES = ("add_image", "change_image", "choose_image")


def set_up_groups() -> dict[str, Group]:
    """Gives each group at least these rights; what staff added stays."""
    groups = {}
    for name, wanted in PERMISSIONS.items():
        groups[name], _ = Group.objects.get_or_create(name=name)
        groups[name].permissions.add(*_permissions(wanted))
    _let_edit_pages(groups[EDITORS])
    return groups


def _permissions(names: tuple[str, ...]) -> list[Permission]:
    labels = {name.split(".")[0] for name in names}
    found = Permission.objects.filter(content_type__app_label__in=labels)
    wanted = set(names)
    return [
        permission
        for permission in found.select_related("content_type")
        if f"{permission.content_type.app_label}.{permission.codename}" in wanted
    ]


def _let_edit_pages(editors: Group) -> None:
    root = Page.get_first_root_node()
    for permission in Permission.objects.filter(
        content_type__app_label="wagtailcore", codename__in=ON_PAGES
    ):
        GroupPagePermission.objects.get_or_create(
            group=editors, page=root, permission=permission
        )
    collection = Collection.get_first_root_node() or Collection.add_root(name="Root")
    for permission in Permission.objects.filter(
        content_type__app_label="wagtailimages", codename__in=ON_IMAGES
    ):
        GroupCollectionPermission.objects.get_or_create(
            group=editors, collection=collection, permission=permission
        )


def set_up_review() -> None:
    """Every listing is read by a reviewer of each side before it stands."""
    ensure_review(Group.objects.get(name=REVIEWERS))

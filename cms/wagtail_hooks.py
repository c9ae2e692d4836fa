"""What the site adds to Wagtail's admin."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks

from cms.staff import home  # noqa: F401 - its hook
from cms.staff.exports import guard_exports
from cms.staff.members import close_bulk_actions
from cms.staff.payments import MoneyGroup
from cms.staff.programme import ProgrammeGroup
from cms.staff.vocabulary import VocabularyGroup


@hooks.register("register_admin_viewset")
def register_staff_screens() -> list[object]:
    return [ProgrammeGroup(), MoneyGroup(), VocabularyGroup()]


@hooks.register("insert_global_admin_js")
def start_without_inline_scripts() -> str:
    return format_html('<script src="{}"></script>', static("cms/js/staff.js"))


@hooks.register("insert_global_admin_css")
def read_lists_on_a_telephone() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("cms/css/staff.css"))


close_bulk_actions()
guard_exports()

"""What the site adds to Wagtail's admin."""

from wagtail import hooks

from cms.staff.vocabulary import VocabularyGroup


@hooks.register("register_admin_viewset")
def register_staff_screens() -> list[object]:
    return [VocabularyGroup()]

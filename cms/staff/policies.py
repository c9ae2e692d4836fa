"""What staff may do on a screen, where it is less than their rights would allow."""

from wagtail.permission_policies import ModelPermissionPolicy


class LookingOnly(ModelPermissionPolicy):
    """Staff read these rows; only the acts of the parties themselves change them.

    Not even a superuser gets a form: the two sides' answers and signatures are theirs.
    """

    def user_has_permission(self, user, action):
        return action == "view" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user, actions):
        return "view" in actions and self.user_has_permission(user, "view")

    def users_with_any_permission(self, actions):
        return super().users_with_any_permission(set(actions) & {"view"})


class ReadingOnly(ModelPermissionPolicy):
    """Staff review these rows and never write, copy or delete them.

    Not even a superuser: the words are their owner's, and what was posted stays known.
    """

    ALLOWED = frozenset({"view", "change", "publish", "lock", "unlock"})

    def user_has_permission(self, user, action):
        return action in self.ALLOWED and super().user_has_permission(user, action)

    def user_has_any_permission(self, user, actions):
        return any(self.user_has_permission(user, action) for action in actions)

    def users_with_any_permission(self, actions):
        return super().users_with_any_permission(set(actions) & self.ALLOWED)

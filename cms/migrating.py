"""Migrations whose models are made when they are asked for, not after every operation.

Django makes every model that is related to a changed one again, in any depth, after
each operation: here all hang on the user, so that is the whole site a thousand times
over. The state below forgets what a change touches and makes it again on demand, with
all that it refers to. What asks for more than one model by name (reverse relations,
signals, `get_models`) finds all of them made. The result is the same schema, row for
row, which a test compares.
"""

# Django's migration states are typed in outline only.
# mypy: disable-error-code="override, misc, assignment, attr-defined, union-attr, arg-type, return-value"

import copy
from collections.abc import Iterable
from typing import Any

from django.apps import AppConfig
from django.apps.registry import Apps
from django.db import models
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import (
    AppConfigStub,
    ModelState,
    ProjectState,
    StateApps,
)
from django.db.migrations.utils import field_is_referenced, resolve_relation
from django.utils.functional import cached_property

Key = tuple[str, str]


class PatientApps(StateApps):
    """A registry that makes a model, and all that it refers to, when asked for it.

    What is made refers to nothing that waits: `forget` takes back whatever hangs on a
    changed model.
    """

    def __init__(self, real_apps: Iterable[str], states: dict[Key, ModelState]) -> None:
        self.states = states
        self.waiting: set[Key] = set()
        self.references: dict[Key, set[Key]] = {}
        self.before: PatientApps | None = None
        super().__init__(real_apps, {})
        self.waiting = set(states)
        for label in sorted({label for label, _name in states}):
            self._stub(label)

    def _stub(self, label: str) -> None:
        if label not in self.app_configs:
            stub = AppConfigStub(label)
            stub.apps = self
            stub.import_models()
            self.app_configs[label] = stub

    def get_model(
        self, app_label: str, model_name: str | None = None, require_ready: bool = True
    ) -> type[models.Model]:
        if model_name is None:
            app_label, model_name = app_label.split(".")
        key = (app_label, model_name.lower())
        self._make(self._closure({key}))
        if key[1] not in self.all_models[app_label]:
            self._make(self.waiting)  # a table between two models has no state
        return super().get_app_config(app_label).get_model(model_name)

    def get_models(
        self, include_auto_created: bool = False, include_swapped: bool = False
    ) -> list[type[models.Model]]:
        self._make(self.waiting)
        return super().get_models(include_auto_created, include_swapped)

    get_models.cache_clear = Apps.get_models.cache_clear  # type: ignore[attr-defined]

    def get_app_configs(self) -> Iterable[AppConfig]:
        self._make(self.waiting)
        return super().get_app_configs()

    def get_app_config(self, app_label: str) -> AppConfig:
        self._make(self.waiting)
        return super().get_app_config(app_label)

    def forget(self, keys: Iterable[Key]) -> None:
        """Make these again before their next use, and all that refers to them."""
        touched = set(keys)
        grown = True
        while grown:
            more = {
                key
                for key, referred in self.references.items()
                if key not in touched and referred & touched
            }
            touched |= more
            grown = bool(more)
        with self.bulk_update():
            for key in touched:
                self._unregister(key)
        self.waiting |= touched & set(self.states)
        self.waiting &= set(self.states)

    def _unregister(self, key: Key) -> None:
        self.references.pop(key, None)
        model = self.all_models[key[0]].get(key[1])
        for field in model._meta.local_many_to_many if model else ():
            through = field.remote_field.through  # None of a model swapped out
            if through and through._meta.auto_created:
                self.unregister_model(key[0], through._meta.model_name)
        self.unregister_model(*key)

    def copy_for(self, states: dict[Key, ModelState]) -> "PatientApps":
        """The same models for a copy of the state."""
        twin = PatientApps((), {})
        twin.all_models = copy.deepcopy(self.all_models)
        for label in self.app_configs:
            twin._stub(label)
        twin.real_models = self.real_models
        twin.states = states
        twin.waiting = set(self.waiting)
        twin.references = dict(self.references)
        self.before = twin
        return twin

    def _closure(self, keys: set[Key]) -> set[Key]:
        found: set[Key] = set()
        queue = list(keys)
        while queue:
            key = queue.pop()
            if key in self.waiting and key not in found:
                found.add(key)
                queue += _references_of(self.states[key])
        return found

    def _make(self, keys: set[Key]) -> None:
        if keys:
            if self.before:
                # SQLite orders the columns of a table it makes again by the age of
                # their fields: those of the state before are the older ones.
                self.before._make(self.before._closure(keys))
            states = [state for key, state in self.states.items() if key in keys]
            self.waiting = self.waiting - keys
            for state in states:
                key = (state.app_label, state.name_lower)
                self.references[key] = _references_of(state)
            self.render_multiple(states)


def _references_of(state: ModelState) -> set[Key]:
    """The models that a model names: by its fields, tables between, and bases."""
    found: set[Key] = set()
    own = (state.app_label, state.name_lower)
    for field in state.fields.values():
        if field.is_relation and field.remote_field:
            through = getattr(field.remote_field, "through", None)
            for model in (field.remote_field.model, through):
                if model:
                    found.add(resolve_relation(model, *own))
    for base in state.bases:
        if isinstance(base, str):
            found.add(resolve_relation(base, *own))
    return found - {own}


class PatientState(ProjectState):
    """A project state whose models wait until an operation needs them."""

    @cached_property
    def apps(self) -> PatientApps:
        return PatientApps(self.real_apps, self.models)

    def clone(self) -> "PatientState":
        twin = PatientState(
            models={key: state.clone() for key, state in self.models.items()},
            real_apps=self.real_apps,
        )
        if "apps" in self.__dict__:
            twin.apps = self.apps.copy_for(twin.models)
        return twin

    def reload_model(
        self, app_label: str, model_name: str, delay: bool = False
    ) -> None:
        self.reload_models([(app_label, model_name)])

    def reload_models(self, models: Iterable[Key], delay: bool = True) -> None:
        if "apps" in self.__dict__:
            self.apps.forget({(label, name.lower()) for label, name in models})

    def remove_model(self, app_label: str, model_name: str) -> None:
        if "apps" in self.__dict__:
            self.apps.forget({(app_label, model_name)})
        super().remove_model(app_label, model_name)
        if "apps" in self.__dict__:
            self.apps.waiting.discard((app_label, model_name))

    def clear_delayed_apps_cache(self) -> None:
        """Nothing is late here: what a change touched was forgotten at once."""

    # Where other tables point at what changes, the schema editor compares the old
    # model's reverse relations with the new one's: they are read while they stand.

    def alter_field(
        self, app_label: str, model_name: str, name: str, field: Any, preserve: bool
    ) -> None:
        key = (app_label, model_name)
        if field_is_referenced(self, key, (name, field)):
            self._read_reverse_relations(key)
        super().alter_field(app_label, model_name, name, field, preserve)

    def rename_field(
        self, app_label: str, model_name: str, old_name: str, new_name: str
    ) -> None:
        self._read_reverse_relations((app_label, model_name))
        super().rename_field(app_label, model_name, old_name, new_name)

    def rename_model(self, app_label: str, old_name: str, new_name: str) -> None:
        self._read_reverse_relations((app_label, old_name.lower()))
        super().rename_model(app_label, old_name, new_name)
        if "apps" in self.__dict__:
            self.apps.waiting &= set(self.models)

    def _read_reverse_relations(self, key: Key) -> None:
        if "apps" in self.__dict__:
            self.apps.get_models()
            _ = self.apps.get_model(*key)._meta.related_objects


class PatientExecutor(MigrationExecutor):
    """Django's executor, over states that make their models on demand."""

    def _create_project_state(
        self, with_applied_migrations: bool = False
    ) -> PatientState:
        known = super()._create_project_state(with_applied_migrations)
        return PatientState(models=known.models, real_apps=known.real_apps)

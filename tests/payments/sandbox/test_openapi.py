"""Second oracle: Stripe's published OpenAPI description, where it is at hand.

It lies inside the Go module github.com/stripe/stripe-mock; `go mod download
github.com/stripe/stripe-mock@v0.203.0` brings it. It describes API 2026-08-26, a
little older than the package's version, and tells "left out" from "null".
"""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from .lively import every_object

HIDDEN = {"product.type"}  # sent by Stripe and typed by its package, not published
CACHE = Path(os.environ.get("GOMODCACHE", Path.home() / "go/pkg/mod"))
FILE = CACHE / "github.com/stripe/stripe-mock@v0.203.0/embedded/openapi/spec3.json"


@pytest.fixture(scope="module")
def schemas() -> dict[str, Any]:
    if not FILE.exists():
        if os.environ.get("CI") == "true":
            pytest.fail("the Go module stripe-mock was not fetched")
        pytest.skip("no stripe-mock module: answers not checked against OpenAPI")
    return json.loads(FILE.read_text(encoding="utf-8"))["components"]["schemas"]


class Description:
    """Reads values against the published schemas."""

    def __init__(self, schemas: dict[str, Any]) -> None:
        self.schemas = schemas

    def resolved(self, schema: dict[str, Any]) -> dict[str, Any]:
        while "$ref" in schema:
            schema = self.schemas[schema["$ref"].rsplit("/", 1)[-1]]
        return schema

    def problems(self, value: Any, schema: dict[str, Any], where: str) -> list[str]:
        nullable = schema.get("nullable") or self.resolved(schema).get("nullable")
        schema = self.chosen(value, self.resolved(schema))
        if value is None:
            return [] if nullable else [f"{where}: null"]
        if isinstance(value, dict):
            return self.object_problems(value, schema, where)
        if isinstance(value, list):
            items = schema.get("items", {})
            return [p for item in value for p in self.problems(item, items, where)]
        if value not in schema.get("enum", [value]):
            return [f"{where}: {value!r}"]
        return []

    def chosen(self, value: Any, schema: dict[str, Any]) -> dict[str, Any]:
        if "anyOf" not in schema or not isinstance(value, dict):
            return schema if "anyOf" not in schema else {}
        choices = [self.resolved(choice) for choice in schema["anyOf"]]
        for choice in choices:
            named = choice.get("properties", {}).get("object", {}).get("enum")
            if value.get("object") in (named or [None]) and "properties" in choice:
                return choice
        return {}

    def object_problems(
        self, value: dict[str, Any], schema: dict[str, Any], where: str
    ) -> list[str]:
        known = schema.get("properties")
        if known is None:
            return []
        must = set(schema.get("required", []))
        found = [f"{where}.{name}: missing" for name in must - value.keys()]
        if not schema.get("additionalProperties"):
            found += [
                f"{where}.{name}: unknown" for name in value.keys() - known.keys()
            ]
        for name in value.keys() & known.keys():
            found += self.problems(value[name], known[name], f"{where}.{name}")
        return found


def test_what_is_left_out_and_what_is_null_is_as_published(app, schemas):
    description = Description(schemas)

    found = {
        problem
        for thing in every_object(app)
        for problem in description.problems(
            thing, schemas[thing["object"]], thing["object"]
        )
    }

    assert {p for p in found if p.split(":")[0].split("[")[0] not in HIDDEN} <= {
        "checkout.session.line_items.data.price.product.type: unknown",
        # newer than this description, typed by the package
        "dispute.evidence_details.submission_method: unknown",
    }


LEFT_OUT = object()
# What is planted in a session, and what the description says of it.
PLANTED = {
    "line_items: null": {"line_items": None},
    "livemode: null": {"livemode": None},
    "created: missing": {"created": LEFT_OUT},
    "payment_method_types: missing": {"payment_method_types": LEFT_OUT},
    "surprise: unknown": {"surprise": 1},
    "status: 'finished'": {"status": "finished"},
    "mode: 'pay'": {"mode": "pay"},
    "ui_mode: 'hosted'": {"ui_mode": "hosted"},
    "object: 'session'": {"object": "session"},
    "customer_creation: 'never'": {"customer_creation": "never"},
}


def test_the_description_names_every_planted_mistake(app, schemas):
    session, told = dict(next(every_object(app))), {}
    for wanted, planted in PLANTED.items():
        wrong = {k: v for k, v in (session | planted).items() if v is not LEFT_OUT}
        found = Description(schemas).problems(
            wrong, schemas["checkout.session"], "session"
        )
        if found != [f"session.{wanted}"]:
            told[wanted] = found
    assert told == {}

"""Which parameters each call takes; everything else is refused as Stripe does."""

from collections.abc import Callable
from typing import Any, TypeAlias

from .store import Thing
from .wire import ApiError

Reader: TypeAlias = Callable[[Any, str], Any]
Shape: TypeAlias = dict[str, Any]


def text(limit: int = 5000) -> Reader:
    def read(value: Any, name: str) -> str:
        if not isinstance(value, str):
            raise ApiError(f"Invalid string: {name}", param=name)
        if len(value) > limit:
            raise ApiError(
                f"Invalid string: must be at most {limit} characters", param=name
            )
        return value

    return read


def whole(value: Any, name: str) -> int:
    digits = value.removeprefix("-") if isinstance(value, str) else ""
    if not (digits.isascii() and digits.isdigit() and len(digits) < 16):
        raise ApiError(
            f"Invalid integer: {value}", code="parameter_invalid_integer", param=name
        )
    return int(value)


def truth(value: Any, name: str) -> bool:
    if value not in {"true", "false"}:
        raise ApiError(f"Invalid boolean: {value}", param=name)
    return value == "true"


def one_of(*choices: str) -> Reader:
    def read(value: Any, name: str) -> str:
        if value not in choices:
            known = ", ".join(choices[:-1]) + (" or " if choices[1:] else "")
            raise ApiError(
                f"Invalid {name}: must be one of {known}{choices[-1]}", param=name
            )
        return value

    return read


def address(value: Any, name: str) -> str:
    """An absolute http or https address."""
    if not isinstance(value, str) or not value.startswith(("http://", "https://")):
        raise ApiError("Not a valid URL", code="url_invalid", param=name)
    return value


def metadata(value: Any, name: str) -> dict[str, str]:
    if value == "":
        return {}
    if not isinstance(value, dict):
        raise ApiError("Invalid object: metadata must be key-value pairs", param=name)
    if len(value) > 50:
        raise ApiError("Metadata can have at most 50 keys", param=name)
    for key, item in value.items():
        text(40)(key, name)
        text(500)(item, f"{name}[{key}]")
    return dict(value)


def many(reader: Reader | Shape) -> Reader:
    def read(value: Any, name: str) -> list[Any]:
        if not isinstance(value, list):
            raise ApiError("Invalid array", param=name)
        return [
            read_value(item, reader, f"{name}[{place}]")
            for place, item in enumerate(value)
        ]

    return read


def read_value(value: Any, reader: Reader | Shape, name: str) -> Any:
    if not isinstance(reader, dict):
        return reader(value, name)
    if not isinstance(value, dict):
        raise ApiError("Invalid object", param=name)
    return read_parameters(value, reader, name)


def read_parameters(given: Thing, shape: Shape, within: str = "") -> Thing:
    """Checked and converted parameters. A name ending in `!` in `shape` is required."""
    readers = {name.rstrip("!"): reader for name, reader in shape.items()}
    for name in given:
        if name not in readers:
            full = _inside(within, name)
            raise ApiError(
                f"Received unknown parameter: {full}",
                code="parameter_unknown",
                param=full,
            )
    for name in shape:
        if name.endswith("!") and name[:-1] not in given:
            full = _inside(within, name[:-1])
            raise ApiError(
                f"Missing required param: {full}.",
                code="parameter_missing",
                param=full,
            )
    return {
        name: read_value(value, readers[name], _inside(within, name))
        for name, value in given.items()
    }


def _inside(within: str, name: str) -> str:
    return f"{within}[{name}]" if within else name


EXPAND: Shape = {"expand": many(text())}


def created(value: Any, name: str) -> dict[str, int]:
    """A moment, or bounds `gt`, `gte`, `lt`, `lte`."""
    if isinstance(value, str):
        return {"eq": whole(value, name)}
    return read_value(value, dict.fromkeys(("gt", "gte", "lt", "lte"), whole), name)


PAGE: Shape = {
    **EXPAND,
    "limit": whole,
    "starting_after": text(),
    "ending_before": text(),
    "created": created,
}

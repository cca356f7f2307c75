"""Holds a document against its shape and says every fault in words that help."""

import types
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from monitor.catalog.document import Document
from monitor.catalog.problems import KeyPath, Problem, listed, meant
from monitor.catalog.shapes import looks_secret

Shape = TypeVar("Shape", bound=BaseModel)

_WRONG_KIND = {
    "string_type": "isn't text",
    "int_type": "isn't a whole number",
    "int_from_float": "isn't a whole number",
    "float_type": "isn't a number",
    "finite_number": "isn't a number",
    "bool_type": "isn't true or false",
    "list_type": "isn't a list",
    "dict_type": "isn't a mapping",
    "model_type": "isn't a mapping",
}
_BOUNDS = {
    "greater_than_equal": ("ge", "at least"),
    "greater_than": ("gt", "more than"),
    "less_than_equal": ("le", "at most"),
    "less_than": ("lt", "less than"),
}


def shaped(document: Document, shape: type[Shape]) -> tuple[Shape | None, tuple[Problem, ...]]:
    """The document as a `shape`, None if it doesn't fit, and everything that doesn't fit."""
    try:
        return shape.model_validate(document.data), ()
    except ValidationError as error:
        details = error.errors(include_url=False)
        return None, tuple(_problem(document, shape, detail) for detail in details)


def _problem(document: Document, shape: type[BaseModel], detail: ErrorDetails) -> Problem:
    kind, value = detail["type"], detail["input"]
    of_key = "[key]" in detail["loc"]
    path = tuple(part for part in detail["loc"] if part != "[key]")
    if kind == "missing":
        return document.problem(path, f"is missing; {_advice(shape, path)}")
    if kind == "extra_forbidden":
        return document.problem(path, _unknown_key(shape, path), of_key=True)
    if kind in ("blank", "too_short") or value is None:
        return document.problem(path, f"is empty; {_advice(shape, path)}")
    if kind == "unshown":
        return document.problem(path, detail["msg"])
    message = _complaint(shape, path, detail)
    return document.problem(path, message, value, of_key=of_key)


def _complaint(shape: type[BaseModel], path: KeyPath, detail: ErrorDetails) -> str:
    """What is said after a value that stands there and is wrong."""
    kind, value = detail["type"], detail["input"]
    context: Mapping[str, Any] = detail.get("ctx", {})
    if kind == "enum":
        return _not_one_of(shape, path)
    if kind in _BOUNDS:
        name, words = _BOUNDS[kind]
        return f"isn't {words} {context[name]:g}; {_advice(shape, path)}"
    if kind in _WRONG_KIND:
        return f"{_WRONG_KIND[kind]}; {_remedy(shape, path, kind, value)}"
    return str(context.get("message", detail["msg"]))


def _remedy(shape: type[BaseModel], path: KeyPath, kind: str, value: object) -> str:
    """What to write in place of a value of the wrong kind."""
    if kind == "string_type" and not isinstance(value, list | dict):
        return f'put it in quotes: "{value}"'
    if kind == "list_type" and isinstance(value, str):
        return f"put it in brackets: [{value}]"
    if not path:
        return f"write the keys {listed(shape.model_fields, limit=20)}"
    return _advice(shape, path)


def _advice(shape: type[BaseModel], path: KeyPath) -> str:
    if path and isinstance(path[-1], int):
        return "write an item there, or take it out"
    field = _field_at(shape, path)
    if field is None or not field.description:
        return "write the text"
    allowed = _allowed(field)
    return f"write {'one of ' + listed(allowed) if allowed else field.description}"


def _unknown_key(shape: type[BaseModel], path: KeyPath) -> str:
    if looks_secret(str(path[-1])):
        return "doesn't belong in a file; put it in the environment or in .env"
    owner = _model_at(shape, path[:-1])
    known = list(owner.model_fields) if owner else []
    likely = meant(str(path[-1]), known)
    return f"isn't a known key{likely or '; write one of ' + listed(known, limit=20)}"


def _not_one_of(shape: type[BaseModel], path: KeyPath) -> str:
    name = str(path[-1])
    if isinstance(path[-1], int):
        path = path[:-1]
        name = _field_kind(_field_at(shape, path)).__name__.lower()
    article = "an" if name[0] in "aeiou" else "a"
    field = _field_at(shape, path)
    allowed = _allowed(field) if field else ()
    return f"isn't {article} {name}; write one of {listed(allowed)}"


def _allowed(field: FieldInfo) -> tuple[str, ...]:
    kind = _field_kind(field)
    return tuple(kind) if issubclass(kind, StrEnum) else ()


def _field_kind(field: FieldInfo | None) -> type:
    """What sort of value the field takes; of a list, its items."""
    kind = _bare(field.annotation) if field else object
    if get_origin(kind) is list:
        kind = _bare(get_args(kind)[0])
    return kind if isinstance(kind, type) else object


def _field_at(shape: type[BaseModel], path: KeyPath) -> FieldInfo | None:
    owner = _model_at(shape, path[:-1])
    return owner.model_fields.get(str(path[-1])) if owner and path else None


def _model_at(shape: type[BaseModel], path: KeyPath) -> type[BaseModel] | None:
    here: Any = shape
    for part in path:
        if isinstance(here, type) and issubclass(here, BaseModel):
            field = here.model_fields.get(str(part))
            here = _bare(field.annotation) if field else None
        elif get_origin(here) in (list, dict):
            here = _bare(get_args(here)[-1])
        else:
            return None
    return here if isinstance(here, type) and issubclass(here, BaseModel) else None


def _bare(annotation: Any) -> Any:
    """The annotation without Annotated and without `| None`."""
    if get_origin(annotation) is Annotated:
        return _bare(get_args(annotation)[0])
    if get_origin(annotation) in (Union, types.UnionType):
        kinds = [kind for kind in get_args(annotation) if kind is not type(None)]
        return _bare(kinds[0])
    return annotation

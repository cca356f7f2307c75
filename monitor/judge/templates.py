"""Judge templates: Jinja text with a version in front matter, strict about its variables."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from jinja2 import StrictUndefined, TemplateSyntaxError, UndefinedError, meta
from jinja2 import Template as JinjaTemplate
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from monitor.errors import ConfigError

_FRONT_MATTER = re.compile(r"\A---\r?\n(?P<head>.*?)\r?\n---\r?\n(?P<body>.*)\Z", re.DOTALL)
_LINE = re.compile(r"(?P<key>[a-z_]+):\s*(?P<value>.+?)\s*\Z")
_KEYS = frozenset({"version", "about"})
_ENVIRONMENT = ImmutableSandboxedEnvironment(
    undefined=StrictUndefined,
    autoescape=False,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=False,
)


@dataclass(frozen=True, slots=True)
class Template:
    """A judge template: its file's name, the version from its front matter, text, variables."""

    name: str
    version: str
    text: str
    variables: frozenset[str]

    @property
    def label(self) -> str:
        """What is stored with a judgement: "answer@1" of judge/answer.md in version 1."""
        return f"{self.name.rpartition('/')[2].removesuffix('.md')}@{self.version}"


def read_template(name: str, source: str) -> Template:
    """The template in a file's text; `ConfigError` says what is missing or wrong in it."""
    parts = _FRONT_MATTER.match(source)
    if parts is None:
        raise ConfigError(f"{name}: has no front matter; begin it with ---, version: 1 and ---")
    head = _head(name, parts["head"])
    if "version" not in head:
        raise ConfigError(f"{name}: its front matter has no version; write version: 1")
    try:
        variables = meta.find_undeclared_variables(_ENVIRONMENT.parse(parts["body"]))
    except TemplateSyntaxError as error:
        line = (error.lineno or 1) + parts["head"].count("\n") + 3
        raise ConfigError(f"{name}:{line}: {error.message}") from error
    return Template(name, head["version"], parts["body"], frozenset(variables))


@lru_cache(maxsize=16)
def _compiled(text: str) -> JinjaTemplate:
    """The template made ready: that takes longer than to render it."""
    return _ENVIRONMENT.from_string(text)


def _head(name: str, text: str) -> dict[str, str]:
    head: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 2):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        found = _LINE.match(line)
        if found is None or found["key"] not in _KEYS:
            known = " or ".join(sorted(_KEYS))
            raise ConfigError(f"{name}:{number}: {line.strip()!r} isn't known; write {known}: …")
        head[found["key"]] = found["value"].strip("\"'")
    return head


def rendered(template: Template, variables: Mapping[str, object]) -> str:
    """The template's text with its variables; one too many or too few is a `ConfigError`.

    Values are never read as templates, whatever stands in them.
    """
    missing = template.variables - variables.keys()
    unknown = variables.keys() - template.variables
    if missing or unknown:
        known = ", ".join(sorted(variables))
        what = (
            [f"{', '.join(sorted(missing))} isn't given; write one of {known}"] if missing else []
        )
        what += [f"{', '.join(sorted(unknown))} isn't used in it; write it in"] if unknown else []
        raise ConfigError(f"{template.name}: {'; '.join(what)}")
    try:
        return _compiled(template.text).render(**variables)
    except (UndefinedError, SecurityError) as error:
        raise ConfigError(f"{template.name}: {error}") from error

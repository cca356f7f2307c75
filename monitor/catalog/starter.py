"""Makes the files that a new project starts from."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import monitor
from monitor.errors import InputError

SHIPPED = Path(monitor.__file__).parent.parent / "prompts"
"""The prompts that come with the program, in a checkout and in an installed package alike."""

_ENV_EXAMPLE = """\
# Copy this file to .env and fill in the keys of the providers you ask. .env stays on this machine.

OPENAI_API_KEY=
ANTHROPIC_API_KEY=
GEMINI_API_KEY=
PERPLEXITYAI_API_KEY=
MISTRAL_API_KEY=
XAI_API_KEY=
"""

_GITIGNORE = """\
# Answers and figures, and the keys: neither belongs in a repository.
data/
.env
"""

_BRANDS = """\
# Your brand and the rivals you want to see it among. Put in your own, then run `monitor doctor`.

brands:
  - name: Your Brand              # how figures and pages call it
    aliases: []                   # other names that count as the brand: [YourBrand]
    products: []                  # product names; they help where the name is a common word
    domains: [your-brand.example] # pages cited from here are yours
    # ambiguous: true             # the name is a common word too: then give context words,
    # context: [software, vendor] # near which it means you,
    # exclude: [your brand name]  # and phrases in which it never does

  - name: A Rival
    domains: [a-rival.example]

  - name: Another Rival
    domains: [another-rival.example]
"""

_PACK = """\
# What is asked, of whom, and when. The file's name is the pack's id: `monitor run my-brand`.

title: My brand
own: Your Brand                     # a name from brands/my-brand.yaml
competitors: [A Rival, Another Rival]
engines: [chatgpt, chatgpt-web]     # ids from engines.yaml; each needs its provider's key in .env
locales: [en-US]                    # every question needs a text in each of these languages
repeats: 2                          # how often a wave asks each question; from 2 on it shows noise
schedule: {cron: "0 6 * * 1", time_zone: UTC}   # minute hour day month weekday: Mondays at six
budget: {wave_usd: 5, month_usd: 20}            # `monitor plan my-brand` says what a wave costs
# judge: {engines: [claude]}        # reads tone, advice and what rules can't check in the answers
#                                   # that name you; of another vendor than those that answer
# probes: {severities: [critical], every: 4}   # stress-tests your facts in every fourth wave

questions:
  # Write as a customer would type it, and mostly without your name: that shows who comes up.
  # intent: discovery, comparison, trust, purchase, support, fact, probe

  - id: best-in-category
    intent: discovery
    stage: awareness
    tags: [general]
    text:
      en: Which vendors would you recommend for what your brand offers?

  - id: compare-vendors
    intent: comparison
    stage: consideration
    tags: [general]
    text:
      en: Can you compare the leading vendors for what your brand offers?
"""


@dataclass(frozen=True, slots=True)
class Scaffold:
    """What a new project got (`made`), and what stood there already and was left (`kept`)."""

    made: tuple[Path, ...]
    kept: tuple[Path, ...]


def scaffold(target: Path, packs: Sequence[str] | None = None, *, starter: bool = True) -> Scaffold:
    """Fills a folder with the shipped prompts and a starter pack; never overwrites a file.

    `packs` are the shipped packs to copy, with their brands and facts; None copies all of them.
    `starter` adds a pack and brands for the user to fill in; the shipped packs are examples
    then, without their schedules: nobody's cron line is to pay for questions about other brands.
    Raises `InputError` for a pack that isn't shipped, or a folder that can't be written.
    """
    chosen = _chosen(packs)
    made: list[Path] = []
    kept: list[Path] = []
    try:
        for path, content in _contents(chosen, starter=starter):
            (made if _written(target / path, content) else kept).append(path)
    except OSError as error:
        raise InputError(f"{target} can't be filled: {error.strerror or error}") from error
    return Scaffold(tuple(made), tuple(kept))


def _chosen(packs: Sequence[str] | None) -> tuple[str, ...]:
    shipped = sorted(path.stem for path in (SHIPPED / "packs").glob("*.yaml"))
    for pack in packs or ():
        if pack not in shipped:
            raise InputError(f'"{pack}" isn\'t a shipped pack; choose from {", ".join(shipped)}')
    return tuple(shipped if packs is None else packs)


def _unscheduled(pack: bytes) -> bytes:
    """A pack's file with its schedule as a comment, for whoever wants it."""
    return re.sub(rb"^schedule:", b"# schedule:", pack, flags=re.MULTILINE)


def _contents(packs: Sequence[str], *, starter: bool) -> Iterator[tuple[Path, bytes]]:
    """Each file to make, by its path in the project, with its content."""
    for source in sorted(path for path in SHIPPED.rglob("*") if path.is_file()):
        path = source.relative_to(SHIPPED)
        of_a_pack = path.parts[0] in ("packs", "brands", "facts")
        hidden = any(part.startswith((".", "__")) for part in path.parts)
        if not hidden and (not of_a_pack or path.stem in packs):
            content = source.read_bytes()
            example = starter and path.parts[0] == "packs"
            yield Path("prompts") / path, _unscheduled(content) if example else content
    if starter:
        yield Path("prompts/brands/my-brand.yaml"), _BRANDS.encode()
        yield Path("prompts/packs/my-brand.yaml"), _PACK.encode()
    yield Path(".env.example"), _ENV_EXAMPLE.encode()
    yield Path(".gitignore"), _GITIGNORE.encode()


def _written(path: Path, content: bytes) -> bool:
    """Whether the file was made; one that stands there already is left as it is."""
    if path.exists():
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return True

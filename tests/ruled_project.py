"""The demo's project cut down, with three measured answers whose mentions a person may overrule."""

from pathlib import Path

from said_answers import Said, judge, say
from small_project import Cut, small_project

from monitor.pipeline import Project, open_project
from monitor.queries import answer_page
from monitor.types import Mention

OURS, RIVAL, WORD = "Tessavik", "Mundavero", "Pergola"
HEADLESS = "best-headless"
LISTED = f"1. **{RIVAL}** – the usual choice\n2. **{OURS}** – quick\n3. **Kolumbrio** – cheap"
UNTOLD = f"{WORD} that.\n\n{WORD}"
PRICE = f"{OURS}'s Starter plan costs 1,160 euros a month."


def ruled_project(folder: Path) -> tuple[Project, list[str]]:
    """A list, a name that rules can't tell from the word, and a wrong price; and their ids."""
    cut = Cut(questions=(HEADLESS, "tessavik-pricing"))
    made = open_project(small_project(folder, cut))
    ids = say(made, [Said(LISTED, HEADLESS), Said(UNTOLD, HEADLESS, repeat=2), Said(PRICE)])
    judge(made)
    return made, ids


def said(project: Project, answer_id: str, brand: str) -> Mention | None:
    """How the answer speaks of the brand as it counts now, None if it doesn't."""
    mentions = answer_page(project.store, answer_id).mentions
    return next((m for m in mentions if m.brand == brand), None)

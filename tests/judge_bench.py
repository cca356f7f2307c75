"""A project whose answers simulated judges read over HTTP, and what came of it."""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from said_answers import Said, judge, say
from small_project import MARKET_START, Cut, edited, small_project

from monitor.pipeline import JudgingResult, Project, open_project, to_judge
from monitor.pipeline.judging import ask_judges
from monitor.pipeline.simulated import addressed
from monitor.provider import Asker, RetryPolicy
from monitor.simulator import (
    NO_FAULTS,
    Faults,
    JudgeErrors,
    Market,
    SimulatedJudge,
    Statement,
    serve,
)
from monitor.store.free import run_sql

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
QUICK = RetryPolicy(attempts=2, first_wait_s=0.01, longest_wait_s=0.05, total_timeout_s=20.0)
FACT = "translation-workflow"
TRUE = "In Tessavik a second person reviews every translation."
FALSE = "Tessavik publishes translations without anybody looking at them."
PRAISE = "My pick would be Tessavik, since it combines a clear editor with fair prices."
RIVAL = (
    "Pergola (content platform) is highly recommended for agencies. "
    "Tessavik is another product in this market."
)
SILENT = "Nobody can say which system is best."
STATEMENT = Statement(
    FACT,
    "Tessavik",
    right={"en": ("In {a} a second person reviews every translation.",)},
    wrong={"en": ("{a} publishes translations without anybody looking at them.",)},
)


def judged_project(tmp_path: Path) -> Path:
    """A project whose answers a simulated judge of another vendor reads, all of them."""
    made = small_project(
        tmp_path / "project", Cut(questions=("tessavik-pricing", "best-headless"), judged=True)
    )
    with edited(made / "prompts/packs/demo.yaml") as pack:
        pack["judge"] = {"engines": ["sim-judge"]}
        (asking,) = (one for one in pack["questions"] if one["id"] == "tessavik-pricing")
        asking["facts"] = ["starter-price", FACT]
    return made


@dataclass
class Bench:
    """What the simulated judges are like, and what came of asking them."""

    faults: Faults = NO_FAULTS
    errors: JudgeErrors = field(default_factory=lambda: JudgeErrors(1.0, 1.0))
    retry: RetryPolicy = QUICK
    prompts: list[str] = field(default_factory=list)
    dead: frozenset[str] = frozenset()
    """Judges that nobody answers for."""
    times: int = 0

    def ask(self, folder: Path, **options: Any) -> JudgingResult:
        """Have the project's answers judged."""
        return asyncio.run(self._ask(open_project(folder), **options))

    async def _ask(self, project: Project, **options: Any) -> JudgingResult:
        self.times += 1
        now = NOW + timedelta(hours=self.times)
        pack = project.pack("demo")
        market = Market(
            pack,
            project.catalog.brands_of(pack),
            project.catalog.engines_of(pack),
            seed=1,
            start=MARKET_START,
            facts=project.catalog.facts_of(pack),
            planted=(),
            statements=(STATEMENT,),
        )
        judge = SimulatedJudge(market, self.errors)

        def remembering(request: Any) -> str:
            self.prompts.append(request.prompt)
            return judge(request)

        async with (
            serve(market, faults=self.faults, judge=remembering) as handle,
            Asker(self.retry) as asker,
        ):
            judges = {
                name: replace(one, api_base="http://127.0.0.1:9") if name in self.dead else one
                for name, one in addressed(
                    project.catalog.judges_of(pack), handle, MARKET_START
                ).items()
            }
            return await ask_judges(
                project, pack, judges, lambda: now, asker=asker, **{"grace_s": 5.0, **options}
            )


def told(folder: Path, *texts: str, engine: str = "sim-chat") -> list[str]:
    """Ids of answers in these words, measured and held against the facts by rules."""
    project = open_project(folder)
    ids = say(
        project,
        [Said(text, "tessavik-pricing", engine, repeat=n) for n, text in enumerate(texts, 1)],
    )
    judge(project)
    return ids


def rows(folder: Path, query: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in run_sql(open_project(folder).store, query).rows]


def waiting(folder: Path) -> int:
    """How many answers still have to be judged."""
    project = open_project(folder)
    pack = project.pack("demo")
    return len(to_judge(project, pack, project.catalog.judges_of(pack)).waiting)


def verdicts(folder: Path) -> list[tuple[Any, ...]]:
    return rows(
        folder,
        "SELECT answer_id, fact_id, verdict, quote FROM machine_judgements "
        "WHERE method = 'judge' ORDER BY answer_id, fact_id",
    )


def judge_models(folder: Path, *models: str) -> None:
    """Let the pack's judges be these models, the preferred first."""
    with edited(folder / "prompts/engines.yaml") as content:
        (template,) = (one for one in content["engines"] if one["id"] == "sim-judge")
        content["engines"] = [one for one in content["engines"] if one["id"] != "sim-judge"]
        content["engines"] += [
            {**template, "id": f"judge-{number}", "model": model, "account": f"judge-{number}"}
            for number, model in enumerate(models)
        ]
    with edited(folder / "prompts/packs/demo.yaml") as pack:
        pack["judge"] = {"engines": [f"judge-{number}" for number in range(len(models))]}
        if len(models) == 1:
            pack["engines"] = ["sim-chat"]

"""The simulator as a child process, and the statements it takes from a fact sheet."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from monitor.errors import ProviderError
from monitor.simulator import SimulatorHandle, SimulatorProcess, Statement, statements_from
from monitor.simulator.process import READY
from monitor.types import Fact, FactType, FactValue, Severity

PROJECT = Path(__file__).parents[1]
PACK = "demo"


def chat_text(handle: SimulatorHandle, day: date | None = None) -> str:
    body = {"model": "sim-chat-1", "messages": [{"role": "user", "content": "Which CMS is best?"}]}
    request = urllib.request.Request(  # noqa: S310 - our own loopback server
        f"{handle.api_base('openai', day)}/chat/completions",
        json.dumps(body).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=10) as response:  # noqa: S310
        return str(json.load(response)["choices"][0]["message"]["content"])


def simulator(**options: Any) -> SimulatorProcess:
    return SimulatorProcess(PROJECT, PACK, fault_options=("none",), **options)


def test_a_child_serves_the_project_pack_until_the_context_ends() -> None:
    with simulator(seed=3, start=date(2026, 9, 7), today=date(2026, 11, 20)) as handle:
        assert chat_text(handle)
        assert chat_text(handle, date(2026, 9, 14))
    with pytest.raises(urllib.error.URLError):
        chat_text(handle)


def test_two_children_with_one_seed_give_the_same_answers() -> None:
    texts = []
    for _ in range(2):
        with simulator(seed=5, start=date(2026, 9, 7)) as handle:
            texts.append(chat_text(handle, date(2026, 9, 14)))
    assert texts[0] == texts[1]


def test_a_pack_that_isnt_there_is_one_clear_error() -> None:
    with pytest.raises(ProviderError, match=r"no pack 'nothing'.*demo"):
        SimulatorProcess(PROJECT, "nothing").launch()


def test_a_port_that_is_taken_is_one_clear_error() -> None:
    with simulator() as handle, pytest.raises(ProviderError, match="choose another port"):
        simulator(port=handle.port).launch()


def test_a_child_dies_with_its_parent() -> None:
    parent_code = (
        "import pathlib, time\n"
        "from monitor.simulator import SimulatorProcess\n"
        f"child = SimulatorProcess(pathlib.Path({str(PROJECT)!r}), {PACK!r})\n"
        "print(child.launch().port, flush=True)\n"
        "time.sleep(60)\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", parent_code], stdout=subprocess.PIPE, text=True, cwd=PROJECT
    )
    assert parent.stdout is not None
    handle = SimulatorHandle("127.0.0.1", int(parent.stdout.readline()))
    assert chat_text(handle)
    parent.kill()
    parent.wait()
    parent.stdout.close()
    assert gone_within(handle, seconds=5)


def gone_within(handle: SimulatorHandle, seconds: float) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            chat_text(handle)
        except OSError:
            return True
        time.sleep(0.05)
    return False


def test_sigterm_ends_the_foreground_server_cleanly() -> None:
    child = subprocess.Popen(
        [sys.executable, "-m", "monitor.simulator", "--project", str(PROJECT), "--pack", PACK],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=PROJECT,
    )
    assert child.stdout is not None
    assert child.stdout.readline().startswith(READY)
    os.kill(child.pid, signal.SIGTERM)
    assert child.wait(timeout=10) == 0
    child.stdout.close()
    assert child.stdin is not None
    child.stdin.close()


def fact(value: FactValue, en: str, de: str, **more: Any) -> Statement:
    record = Fact("f", "Lumora", {"en": en, "de": de}, value, Severity.MAJOR, **more)
    [statement] = statements_from([record], seed=1)
    return statement


@pytest.mark.parametrize(
    ("value", "en", "de"),
    [
        (FactValue(FactType.NUMBER, 1200), "Lumora has 1,200 clients.", "Lumora hat 1.200 Kunden."),
        (
            FactValue(FactType.NUMBER, 99.5, unit="%"),
            "Lumora is up 99.5 %.",
            "Lumora läuft 99,5 %.",
        ),
        (
            FactValue(FactType.NUMBER, 2014, unit="year"),
            "Lumora began in 2014.",
            "Lumora seit 2014.",
        ),
        (FactValue(FactType.MONEY, 49, currency="EUR"), "Lumora costs €49.", "Lumora kostet 49 €."),
        (FactValue(FactType.VERSION, "4.1"), "Lumora is at 4.1.", "Lumora steht bei 4.1."),
        (
            FactValue(FactType.DATE, date(2027, 3, 1)),
            "Lumora 3 ends on 1 March 2027.",
            "Lumora 3 endet am 1. März 2027.",
        ),
        (
            FactValue(FactType.ONE_OF, "Bern", options=("Bern", "Graz")),
            "Lumora sits in Bern.",
            "Lumora sitzt in Bern.",
        ),
    ],
)
def test_a_typed_fact_gives_its_truth_and_one_falsehood(value: FactValue, en: str, de: str) -> None:
    statement = fact(value, en, de)
    for lang, text in (("en", en), ("de", de)):
        truth = text.replace("Lumora", "{a}")
        assert statement.right[lang][0] == truth
        assert statement.wrong[lang][0] != truth
        assert statement.wrong[lang][0].startswith("{a}")
        assert len(statement.wrong[lang]) == len(statement.right[lang]) > 1
    assert statement.wrong_value in statement.wrong["en"][0]


def test_a_falsehood_is_never_a_value_that_was_true_earlier() -> None:
    value = FactValue(FactType.MONEY, 100, currency="EUR")
    earlier = (300, 200, 400)
    assert fact(value, "Lumora: €100.", "Lumora: 100 €.", previous=earlier).wrong_value == "500"


def test_what_a_brand_doesnt_offer_is_promised() -> None:
    statement = fact(
        FactValue(FactType.BOOLEAN, value=False),
        "Lumora has no free plan.",
        "Lumora hat keinen Gratistarif.",
        negatives={"en": ("a free plan",), "de": ("ein Gratistarif",)},
    )
    assert "{a} also comes with a free plan." in statement.wrong["en"]
    assert "Zum Angebot von {a} gehört auch ein Gratistarif." in statement.wrong["de"]


def test_a_text_fact_without_negatives_has_no_falsehood() -> None:
    statement = fact(FactValue(FactType.TEXT, "quiet"), "Lumora is quiet.", "Lumora ist ruhig.")
    assert statement.wrong == {"en": (), "de": ()}
    assert statement.wrong_value == ""

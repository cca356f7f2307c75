"""The pipeline: chooses a wave, asks it, keeps, measures and checks the answers.

open_project ─▶ due_wave / wave_now ─▶ run_wave ─▶ measure ─▶ check_answers ─▶ queries
                               ask_now ┘   import_answers ┘
"""

from monitor.pipeline.adhoc import Asked, ask_now
from monitor.pipeline.asking import Tally
from monitor.pipeline.checking import Checking, check_answers
from monitor.pipeline.choosing import Choice, due_wave, ended_wave, wave_now
from monitor.pipeline.demo import Step, demo_folder, run_demo
from monitor.pipeline.intake import Intake, Rejected, import_answers
from monitor.pipeline.judging import (
    JudgingResult,
    ToJudge,
    Waiting,
    judge_answers,
    read_judge_template,
    to_judge,
)
from monitor.pipeline.measuring import Measurement, measure
from monitor.pipeline.moving import move_alert
from monitor.pipeline.project import Project, open_project
from monitor.pipeline.ruling import NAMED, Overruled, Word, rule
from monitor.pipeline.simulated import reachable, simulator_of
from monitor.pipeline.watching import Watch, watch, watch_again
from monitor.pipeline.waves import WaveResult, run_wave

__all__ = [
    "NAMED",
    "Asked",
    "Checking",
    "Choice",
    "Intake",
    "JudgingResult",
    "Measurement",
    "Overruled",
    "Project",
    "Rejected",
    "Step",
    "Tally",
    "ToJudge",
    "Waiting",
    "Watch",
    "WaveResult",
    "Word",
    "ask_now",
    "check_answers",
    "demo_folder",
    "due_wave",
    "ended_wave",
    "import_answers",
    "judge_answers",
    "measure",
    "move_alert",
    "open_project",
    "reachable",
    "read_judge_template",
    "rule",
    "run_demo",
    "run_wave",
    "simulator_of",
    "to_judge",
    "watch",
    "watch_again",
    "wave_now",
]

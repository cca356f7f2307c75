"""Simulated providers on loopback, with a market behind them whose truth is known.

`Market` holds the latent chances and planted events; `serve` answers over HTTP as the real
providers do; `SimulatorProcess` runs that in a child process.
"""

from monitor.simulator.answers import SimulatedAnswer
from monitor.simulator.chances import CellTruth
from monitor.simulator.events import EventKind, PlantedEvent
from monitor.simulator.faults import NO_FAULTS, FaultKind, Faults, faults_from
from monitor.simulator.judging import JudgeErrors, SimulatedJudge
from monitor.simulator.market import Market
from monitor.simulator.process import SimulatorProcess, run_foreground
from monitor.simulator.server import SimulatorHandle, serve
from monitor.simulator.sheet import statements_from
from monitor.simulator.statements import PlantedClaim, Statement
from monitor.simulator.wires.exchange import Wire, wire_of

__all__ = [
    "NO_FAULTS",
    "CellTruth",
    "EventKind",
    "FaultKind",
    "Faults",
    "JudgeErrors",
    "Market",
    "PlantedClaim",
    "PlantedEvent",
    "SimulatedAnswer",
    "SimulatedJudge",
    "SimulatorHandle",
    "SimulatorProcess",
    "Statement",
    "Wire",
    "faults_from",
    "run_foreground",
    "serve",
    "statements_from",
    "wire_of",
]

"""Scheduler, dashboard and command line at once on one store: no error, nothing lost or doubled."""

from pathlib import Path

from together import percentile, work_together


def test_a_wave_a_dashboard_an_export_and_a_writer_get_on_for_twenty_seconds(
    tmp_path: Path,
) -> None:
    done = work_together(tmp_path / "project", seconds=20)
    assert done.errors == {"reader": [], "writer": [], "exporter": []}
    assert done.waves
    assert {code for code, _ in done.waves} == {0}, done.waves
    assert (done.held.lost, done.held.doubled, done.held.asked_twice) == (set(), {}, {})
    assert "WRONG" not in done.verify
    assert len(done.times_s["writer"]) >= 10
    assert len(done.times_s["exporter"]) >= 1
    # A step of the writer is a journal file and two sessions; starved, it would wait its 30 s.
    assert percentile(done.times_s["writer"], 0.5) < 5
    assert max(done.times_s["writer"]) < 20

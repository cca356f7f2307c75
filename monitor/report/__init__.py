"""Reports: a period's figures as JSON, CSV, Markdown or HTML, with the dashboard's own numbers."""

from monitor.report.formats import (
    PROBES_TITLE,
    PROBES_WORDS,
    as_csv,
    as_html,
    as_json,
    as_jsonl,
    as_markdown,
    figure_counts,
    figure_interval,
    figure_name,
    figure_record,
    figure_value,
    interval_text,
    percent,
    sentence,
)
from monitor.report.period import Report, find_pack, report_on
from monitor.report.tables import csv_text, json_text, jsonl_text, plain

__all__ = [
    "PROBES_TITLE",
    "PROBES_WORDS",
    "Report",
    "as_csv",
    "as_html",
    "as_json",
    "as_jsonl",
    "as_markdown",
    "csv_text",
    "figure_counts",
    "figure_interval",
    "figure_name",
    "figure_record",
    "figure_value",
    "find_pack",
    "interval_text",
    "json_text",
    "jsonl_text",
    "percent",
    "plain",
    "report_on",
    "sentence",
]

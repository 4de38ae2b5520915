"""
Extractors of events for ``extractor=``: what a language model answers, checked record by record.

An extractor is any callable that takes the text of a report and the day it was published and
returns records of events: a list of mappings, or JSON with one. `prompt` and `json_schema` say what
to ask for; `records` sees that the answer is such, and that every quote stands in the report.
"""

from geoevents.reports.extractors.answers import ExtractorError
from geoevents.reports.extractors.checking import ExtractorWarning, ask, records
from geoevents.reports.extractors.prompting import json_schema, prompt

__all__ = ["ExtractorError", "ExtractorWarning", "ask", "json_schema", "prompt", "records"]

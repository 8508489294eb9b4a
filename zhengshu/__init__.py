"""The stages around the extractors: ingest, segment, validate, evaluate, sinks, report, batch; errors."""

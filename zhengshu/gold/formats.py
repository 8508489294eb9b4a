"""The formats by name; a module is loaded when its format is asked for."""

from importlib import import_module

from zhengshu.gold.exchange import Format

NAMES = ("label-studio", "doccano", "brat", "docbin", "prodigy", "web-annotation")


def load(name: str) -> Format:
    """Load a format: ``web-annotation`` lives in ``zhengshu.gold.web_annotation``."""
    found: Format = import_module(f"zhengshu.gold.{name.replace('-', '_')}").FORMAT
    return found

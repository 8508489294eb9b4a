"""Calendar arithmetic: first and last days, and steps of months and years."""

from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date, timedelta

Span = tuple[date | None, date | None]


def last_day(year: int, month: int) -> date:
    """Give the last day of a month: ``2024, 2 -> 2024-02-29``."""
    return date(year, month, monthrange(year, month)[1])


def months(year: int, first: int, last: int) -> tuple[date, date]:
    """Give the first and last day of the months ``first`` to ``last`` of a year."""
    return date(year, first, 1), last_day(year, last)


def year_of(year: int) -> tuple[date, date]:
    """Give the first and last day of a year."""
    return date(year, 1, 1), date(year, 12, 31)


def shift_months(day: date, count: int) -> date | None:
    """Move a day by months, to the month's last day where it has no such day; None beyond the calendar."""
    index = day.year * 12 + day.month - 1 + count
    year, month = divmod(index, 12)
    if not MINYEAR <= year <= MAXYEAR:
        return None
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def shift_days(day: date, count: int) -> date | None:
    """Move a day by days; None beyond the calendar."""
    try:
        return day + timedelta(days=count)
    except OverflowError:
        return None


def day_of(year: int, month: int, day: int) -> date | None:
    """Give the day, or None where the month has no such day."""
    return date(year, month, day) if 1 <= day <= monthrange(year, month)[1] else None

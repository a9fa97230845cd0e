"""Statistics as lines of text, for the screen and for pipes alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from newsdeck.markup import plain
from newsdeck.text import counted

if TYPE_CHECKING:
    from newsdeck.statistics import Day, Share, Statistics

_HEAT = "·░▒▓█"
_WEEKS, _BAR, _NAME = 52, 20, 14
_BESIDE = 30  # what stands before and behind a bar
_WEEKDAYS = ("Mon", "", "Wed", "", "Fri", "", "Sun")


def charts(stats: Statistics, today: date, width: int) -> list[tuple[str, list[str]]]:
    """Return the charts, each a title with its lines, none wider than ``width``."""
    if not stats.days:
        return [("Nothing yet", ["Play or study a deck; what became of it then stands here."])]
    long = max(4, min(_BAR, width - _BESIDE))
    found = [
        ("In all", list(_totals(stats))),
        ("Answers a day", _heat_map(stats.days, today, width)),
        ("Accuracy by week", list(_weeks(stats.days, today, long))),
        ("Recall of due cards", list(_recall(stats, long))),
        ("Due in the next days", list(_forecast(stats, long))),
        ("Hardest questions", list(_hardest(stats))),
        ("By kind", list(_shares(stats.kinds, long))),
        ("By tag", list(_shares(stats.tags, long))),
    ]
    return [(title, [_cut(line, width) for line in lines]) for title, lines in found if lines]


def chart_lines(stats: Statistics, today: date, width: int) -> list[str]:
    """Return the charts as lines, each under its title."""
    shown = charts(stats, today, width - 2)
    return [row for title, rows in shown for row in (title, *(f"  {r}" for r in rows), "")]


def _cut(line: str, width: int) -> str:
    return line if len(line) <= width else line[: width - 1] + "…"


def bar(share: float, long: int = _BAR) -> str:
    """Return a share, 0 to 1, as a bar so many cells long."""
    full = round(share * long)
    return "█" * full + "░" * (long - full)


def _totals(stats: Statistics) -> Iterator[str]:
    answers = sum(day.answers for day in stats.days)
    right = sum(day.right for day in stats.days)
    days = counted(len(stats.days), "day")
    yield f"{counted(answers, 'answer')} on {days}, {right / answers:.0%} right"
    yield f"{counted(stats.streak, 'day')} in a row"
    cards = ", ".join(f"{count:,} in {name}" for name, count in stats.cards.items() if count)
    if cards:
        yield f"cards: {cards}" + (f", {stats.suspended:,} suspended" if stats.suspended else "")


def _heat_map(days: Iterable[Day], today: date, width: int) -> list[str]:
    """Return a row a weekday and a column a week; the fullest day is the darkest."""
    counts = {day.date: day.answers for day in days}
    weeks = max(1, min(_WEEKS, width - 5))
    first = today - timedelta(days=today.weekday(), weeks=weeks - 1)
    most = max((n for day, n in counts.items() if day >= first), default=1)
    months, rows = [" "] * weeks, []
    for week in range(weeks):
        monday = first + timedelta(weeks=week)
        if monday.day <= 7 and week + 3 <= weeks:
            months[week : week + 3] = f"{monday:%b}"
    for weekday, name in enumerate(_WEEKDAYS):
        shown = [first + timedelta(weeks=week, days=weekday) for week in range(weeks)]
        cells = (" " if day > today else _heat(counts.get(day, 0), most) for day in shown)
        rows.append(f"{name:<5}" + "".join(cells))
    return ["     " + "".join(months).rstrip(), *rows, f"     {_HEAT}  0 to {most:,} a day"]


def _heat(count: int, most: int) -> str:
    steps = len(_HEAT) - 1
    return _HEAT[-(-count * steps // most)] if count else _HEAT[0]


def _weeks(days: Iterable[Day], today: date, long: int) -> Iterator[str]:
    sums: dict[date, tuple[int, float]] = {}
    for day in days:
        monday = day.date - timedelta(days=day.date.weekday())
        before = sums.get(monday, (0, 0.0))
        sums[monday] = (before[0] + day.answers, before[1] + day.right)
    for monday in sorted(sums)[-12:]:
        answers, right = sums[monday]
        yield f"{monday}     {bar(right / answers, long)} {right / answers:>4.0%} of {answers:,}"


def _recall(stats: Statistics, long: int) -> Iterator[str]:
    all_ = stats.retention
    if not all_.reviews:
        return
    reviews = counted(all_.reviews, "review")
    yield f"recalled {all_.true:.1%}, predicted {all_.predicted:.1%}, of {reviews}"
    for tenth in stats.calibration:
        shown = f"{bar(tenth.true, long)} {tenth.true:>4.0%}"
        yield f"predicted {tenth.predicted:>4.0%} {shown} recalled of {tenth.reviews:,}"


def _forecast(stats: Statistics, long: int) -> Iterator[str]:
    most = max(due.cards for due in stats.forecast)
    for due in stats.forecast[:14] if most else ():
        yield f"{due.date} {due.date:%a} {bar(due.cards / most, long).rstrip('░')} {due.cards:,}"


def _hardest(stats: Statistics) -> Iterator[str]:
    for item in stats.hardest:
        prompt = " ".join(plain(item.prompt).split())
        yield f"{item.accuracy:>4.0%} of {item.answers:<4} {item.deck}/{item.question}  {prompt}"


def _shares(shares: Iterable[Share], long: int) -> Iterator[str]:
    for share in shares:
        shown = bar(share.accuracy, long)
        name = f"{_cut(share.name, _NAME):<{_NAME}}"
        yield f"{name} {shown} {share.accuracy:>4.0%} of {share.answers:,}"
